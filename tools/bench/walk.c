/*
 * The yardstick: map a capture and walk its record headers, nothing else. Prints how many records
 * there are and the sum of their original lengths.
 *
 * pcap in this machine's byte order and pcapng of one section.
 */
#include <fcntl.h>
#include <inttypes.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

enum { PCAPNG_MAGIC = 0x0a0d0d0a, PCAPNG_ENHANCED_PACKET = 6 };

static uint32_t read_u32(const uint8_t *at)
{
    uint32_t value;

    memcpy(&value, at, sizeof(value));
    return value;
}

static void walk_pcap(const uint8_t *at, const uint8_t *end, uint64_t *packets, uint64_t *bytes)
{
    for (at += 24; end - at >= 16;) {
        uint32_t captured = read_u32(at + 8);

        ++*packets;
        *bytes += read_u32(at + 12);
        if (captured > (uint64_t)(end - at - 16))
            return;
        at += 16 + captured;
    }
}

static void walk_pcapng(const uint8_t *at, const uint8_t *end, uint64_t *packets, uint64_t *bytes)
{
    while (end - at >= 12) {
        uint32_t block_bytes = read_u32(at + 4);

        if (block_bytes < 12 || block_bytes > (uint64_t)(end - at))
            return;
        if (read_u32(at) == PCAPNG_ENHANCED_PACKET && block_bytes >= 32) {
            ++*packets;
            *bytes += read_u32(at + 24);
        }
        at += block_bytes;
    }
}

int main(int argc, char **argv)
{
    uint64_t packets = 0;
    uint64_t bytes = 0;
    const uint8_t *map;
    struct stat st;
    int fd;

    if (argc != 2) {
        fputs("usage: walk CAPTURE\n", stderr);
        return 2;
    }
    fd = open(argv[1], O_RDONLY | O_CLOEXEC);
    if (fd < 0 || fstat(fd, &st) < 0 || st.st_size < 24) {
        fprintf(stderr, "walk: '%s' is no capture that can be read\n", argv[1]);
        return 2;
    }
    map = mmap(NULL, (size_t)st.st_size, PROT_READ, MAP_PRIVATE, fd, 0);
    if (map == MAP_FAILED) {
        perror("walk: mmap");
        return 2;
    }
    if (read_u32(map) == PCAPNG_MAGIC)
        walk_pcapng(map, map + st.st_size, &packets, &bytes);
    else
        walk_pcap(map, map + st.st_size, &packets, &bytes);
    printf("%" PRIu64 " packets, %" PRIu64 " bytes on the wire\n", packets, bytes);
    close(fd);
    return 0;
}
