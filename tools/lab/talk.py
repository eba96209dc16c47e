"""A small conversation over TCP: talk.py listen|speak ADDRESS PORT"""

import contextlib
import os
import socket
import sys
import time

SETTINGS_BYTES = 200 << 10
WORD_BYTES = 600
PAUSE_SECONDS = 0.25


def listen(address):
    with socket.create_server(address) as server:
        connection, _ = server.accept()
        with contextlib.suppress(ConnectionError):
            while data := connection.recv(65536):
                connection.sendall(data[:WORD_BYTES])


def speak(address):
    with socket.create_connection(address) as connection:
        connection.sendall(os.urandom(SETTINGS_BYTES))
        while connection.recv(65536):
            time.sleep(PAUSE_SECONDS)
            connection.sendall(os.urandom(WORD_BYTES))


if __name__ == "__main__":
    {"listen": listen, "speak": speak}[sys.argv[1]]((sys.argv[2], int(sys.argv[3])))
