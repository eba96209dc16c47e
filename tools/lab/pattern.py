"""What the memory of a guest, or a copied file, consists of."""

import struct
from pathlib import Path

from common import LabError

MARKER = "GUEST-MEMORY-MUST-NOT-BE-KEPT"  # found in a recording, it is a leak
MESSAGE_BYTES = 256
MESSAGES = 64  # of each kind

# SMB2 requests that carry the marker where a share's name, a file's name and data belong: command,
# fixed part, encoding of the rest. Wire: MS-SMB2 2.2.9, 2.2.13 and 2.2.21.
HEADER_BYTES = 64
BODY_BYTES = MESSAGE_BYTES - 4 - HEADER_BYTES
TREE_CONNECT = 3, struct.pack("<HHHH", 9, 0, HEADER_BYTES + 8, BODY_BYTES - 8), "utf-16-le"
CREATE = 5, struct.pack("<HBBIQQIIIIIHHII", 57, 0, 0, 2, 0, 0, 0x12019F, 0x80, 7, 3, 0x40,
                        HEADER_BYTES + 56, BODY_BYTES - 56, 0, 0), "utf-16-le"
WRITE = 9, struct.pack("<HHIQ16sIIHHI", 49, HEADER_BYTES + 48, BODY_BYTES - 48, 0, bytes(16),
                       0, 0, 0, 0, 0), "ascii"


def marker(length, encoding="ascii"):
    return ((MARKER + ".") * length).encode(encoding)[:length]


def forged_smb(command, fixed, encoding, message_id):
    """
    One SMB2 request with its length before it, as on TCP/445: all right but for its meaning.
    Wire: MS-SMB2 2.1 and 2.2.1.2.
    """
    header = struct.pack("<4sHHIHHIIQIIQ16s", b"\xfeSMB", HEADER_BYTES, 1, 0, command, 1, 0, 0,
                         message_id, 0xFEFF, 1, 0x0000400000000001, bytes(16))
    rest = marker(BODY_BYTES - len(fixed), encoding)
    return struct.pack(">I", MESSAGE_BYTES - 4) + header + fixed + rest


def pattern_bytes(name):
    """The bytes to be repeated; None stands for random ones."""
    if name == "random":
        return None
    if name == "known":
        return marker(64 - 1) + b"\n"
    if name == "forged-smb":
        kinds = (TREE_CONNECT, CREATE, WRITE)
        return b"".join(forged_smb(*kinds[i % 3], i) for i in range(MESSAGES * len(kinds)))
    data = Path(name).read_bytes()
    if len(data) < 4:
        raise LabError(f"'{name}' is too short for a pattern: 4 bytes at least")
    return data
