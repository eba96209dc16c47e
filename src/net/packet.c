/* Drives one frame through the layers, from its link type on. */
#include "src/net/packet.h"

#include "src/net/decoder.h"

enum packet_status packet_decode(struct packet *ret_packet, uint16_t link_type,
                                 const uint8_t *bytes, uint32_t captured_bytes, uint32_t wire_bytes)
{
    const struct link_type_row *row = link_type_find(link_type);
    struct decoder d = {
        .c = cursor_of(bytes, captured_bytes),
        .frame = bytes,
        .end_bytes = wire_bytes > captured_bytes ? wire_bytes : captured_bytes,
        .packet = ret_packet,
    };
    enum packet_status status;
    layer_decode *decode;

    *ret_packet = (struct packet){ 0 };
    if (!row)
        return PACKET_LINK_UNKNOWN;
    decode = row->decode;
    for (int i = 0; i < PACKET_LAYERS_MAX; i++) {
        d.next = NULL;
        status = decode(&d);
        decode = d.next;
        if (!decode)
            return status;
    }
    return PACKET_MALFORMED;
}

const char *packet_status_text(enum packet_status status)
{
    switch (status) {
    case PACKET_OK:
        return "ok";
    case PACKET_CUT:
        return "cut short by the snap length";
    case PACKET_MALFORMED:
        return "malformed";
    case PACKET_OTHER:
        return "not IP";
    case PACKET_LINK_UNKNOWN:
        return "unknown link type";
    }
    return "unknown";
}

const char *link_type_name(uint16_t link_type)
{
    const struct link_type_row *row = link_type_find(link_type);

    return row ? row->name : NULL;
}

bool link_type_is_known(uint16_t link_type)
{
    return link_type_find(link_type) != NULL;
}
