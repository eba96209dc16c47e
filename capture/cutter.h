/*
 * Where the stored part of a packet ends, so that no guest memory, file content or credential
 * reaches the disk: behind its protocol headers, and for SMB behind the message header and the
 * fixed part of the command.
 *
 * That memory looks like SMB proves nothing. A message is kept only where it is known to begin: the
 * cutter saw the connection's SYN and the SYN that answered it, and from there on followed the
 * length that stands in front of each message. Bytes lost inside a message don't matter; where the
 * length of one is lost, that direction is not followed any more, for good.
 *
 * One cutter for each NIC, as NICs may see the same packets. Bounded by MAX_CUTTER_CONNECTIONS: of
 * more, those idle longest are no longer followed. One thread.
 */
#pragma once

#include <stdint.h>

#include "src/base/auto.h"
#include "src/base/error.h"
#include "src/net/packet.h"

struct cutter;

enum { MAX_CUTTER_CONNECTIONS = 1024 };

/* cutter_new() - @smb_port: whose connections are followed, usually 445. Returns 0, ERR_MEMORY or
 * ERR_SYSTEM. */
int cutter_new(struct cutter **ret_cutter, uint16_t smb_port, struct error *err);
struct cutter *cutter_free(struct cutter *c);
DEFINE_AUTO(cutter)

/*
 * cutter_keep() - how many leading bytes of a frame may be stored. Frames in order of arrival.
 * @link_type:  LINKTYPE_ value; of an unknown one nothing is kept
 * @ret_packet: what packet_decode() says of the frame; always written whole
 *
 * Returns at most @captured_bytes.
 */
uint32_t cutter_keep(struct cutter *c, uint16_t link_type, const uint8_t *bytes,
                     uint32_t captured_bytes, uint32_t wire_bytes, struct packet *ret_packet);

/* cutter_forget() - packets were missed, nobody knows how many: the NIC was reopened. No connection
 * is followed any more until it begins anew. */
void cutter_forget(struct cutter *c);
