/* What a pcapng file tells of its interfaces: description and statistics blocks. */
#include "src/base/array.h"
#include "src/file/pcapng.h"
#include "src/file/pcapng_codes.h"

/* An interface block under construction. */
struct description {
    struct capture *capture;
    struct capture_nic *nic;
    uint8_t resolution;
    int64_t offset_s;
    size_t n_addresses; /* room */
    size_t n_prefixes;
};

static int add_address(struct description *d, const struct addr *a, unsigned family_bits,
                       struct error *err)
{
    struct capture_nic *nic = d->nic;
    int r;

    r = array_reserve(&nic->addresses, &d->n_addresses, nic->n_addresses + 1,
                      sizeof(*nic->addresses), CAPTURE_MAX_NIC_ADDRESSES, err);
    if (r >= 0)
        r = array_reserve(&nic->prefixes, &d->n_prefixes, nic->n_addresses + 1,
                          sizeof(*nic->prefixes), CAPTURE_MAX_NIC_ADDRESSES, err);
    if (r == ERR_LIMIT)
        return 0; /* nobody has so many: the rest is left untold */
    if (r < 0)
        return r;
    nic->addresses[nic->n_addresses] = *a;
    nic->prefixes[nic->n_addresses] = prefix_of(a, family_bits);
    nic->n_addresses++;
    return 0;
}

static int add_v4(struct description *d, struct cursor value, struct error *err)
{
    const uint8_t *bytes = cursor_take(&value, 4);
    uint32_t mask = cursor_u32be(&value); /* an address: network order in any section */
    unsigned bits = 0;
    struct addr a;

    if (value.failed)
        return 0;
    a = addr_v4(bytes);
    while (bits < 32 && mask & UINT32_C(1) << (31 - bits))
        bits++;
    return add_address(d, &a, bits, err);
}

static int add_v6(struct description *d, struct cursor value, struct error *err)
{
    const uint8_t *bytes = cursor_take(&value, sizeof(struct addr));
    unsigned bits = cursor_u8(&value);
    struct addr a;

    if (value.failed)
        return 0;
    memcpy(a.bytes, bytes, sizeof(a.bytes));
    return add_address(d, &a, bits < 128 ? bits : 128, err);
}

static int set_filter(struct capture_nic *nic, struct cursor value, struct error *err)
{
    uint8_t kind = cursor_u8(&value);

    return value.failed || kind != FILTER_IS_TEXT ? 0 : reader_set_text(&nic->filter, &value, err);
}

/* An option of a wrong length is as if it were not there. */
static int read_option(struct description *d, const struct pcapng_option *o, struct error *err)
{
    bool is_big_endian = d->capture->pcapng.is_big_endian;
    struct capture_nic *nic = d->nic;
    struct cursor value = o->value;
    const uint8_t *mac;
    uint64_t number;

    switch (o->code) {
    case OPTION_COMMENT:
        return *nic->comment ? 0 : reader_set_text(&nic->comment, &value, err);
    case IF_NAME:
        return reader_set_text(&nic->name, &value, err);
    case IF_DESCRIPTION:
        return reader_set_text(&nic->description, &value, err);
    case IF_OS:
        return reader_set_text(&nic->os, &value, err);
    case IF_HARDWARE:
        return reader_set_text(&nic->hardware, &value, err);
    case IF_FILTER:
        return set_filter(nic, value, err);
    case IF_IPV4:
        return add_v4(d, value, err);
    case IF_IPV6:
        return add_v6(d, value, err);
    case IF_MAC:
        mac = cursor_take(&value, sizeof(nic->mac));
        if (mac)
            memcpy(nic->mac, mac, sizeof(nic->mac));
        nic->has_mac = mac != NULL;
        return 0;
    case IF_SPEED:
        number = reader_u64(&value, is_big_endian);
        if (!value.failed)
            nic->speed_bits_per_s = number;
        return 0;
    case IF_TSRESOL:
        if (cursor_left(&value))
            d->resolution = cursor_u8(&value);
        return 0;
    case IF_TSOFFSET:
        d->offset_s = (int64_t)reader_u64(&value, is_big_endian);
        return 0;
    default:
        return 0;
    }
}

static int add_timescale(struct capture *c, const struct description *d, struct error *err)
{
    struct pcapng *p = &c->pcapng;
    int r;

    r = array_reserve(&p->timescales, &p->n_timescales, c->info.n_nics, sizeof(*p->timescales),
                      CAPTURE_MAX_NICS, err);
    if (r < 0)
        return r;
    p->timescales[c->info.n_nics - 1] = timescale_of(d->resolution, d->offset_s);
    return 1;
}

int pcapng_read_nic(struct capture *c, struct cursor *body, struct error *err)
{
    struct description d = { .capture = c, .resolution = TIMESCALE_MICROSECONDS };
    uint16_t link_type = reader_u16(body, c->pcapng.is_big_endian);
    struct pcapng_option o;
    uint32_t snap_bytes;
    int r;

    cursor_skip(body, 2); /* reserved */
    snap_bytes = reader_u32(body, c->pcapng.is_big_endian);
    if (body->failed)
        return reader_damage(c, stream_offset(&c->in), "an interface block that is too short");
    c->pcapng.n_description_bytes += cursor_left(body);
    if (c->info.n_nics == CAPTURE_MAX_NICS ||
        c->pcapng.n_description_bytes > CAPTURE_MAX_DESCRIPTION_BYTES)
        return reader_damage(c, stream_offset(&c->in), "more interfaces than the limit allows");
    r = reader_add_nic(c, &d.nic, err);
    if (r < 0)
        return r;
    d.nic->link_type = link_type;
    d.nic->snap_bytes = snap_bytes;
    while ((r = pcapng_next_option(body, c->pcapng.is_big_endian, &o)) > 0) {
        r = read_option(&d, &o, err);
        if (r < 0)
            return r;
    }
    return r < 0 ? pcapng_overrun(c) : add_timescale(c, &d, err);
}

static uint64_t *find_count(struct capture_statistics *s, uint16_t code)
{
    switch (code) {
    case ISB_RECEIVED:
        return &s->received_packets;
    case ISB_DROPPED:
        return &s->dropped_packets;
    case ISB_FILTER_ACCEPTED:
        return &s->filter_accepted_packets;
    case ISB_OS_DROPPED:
        return &s->os_dropped_packets;
    case ISB_DELIVERED:
        return &s->delivered_packets;
    default:
        return NULL;
    }
}

/* Counts are cumulative, so a later block replaces what an earlier one told. */
int pcapng_read_statistics(struct capture *c, struct cursor *body)
{
    bool is_big_endian = c->pcapng.is_big_endian;
    uint32_t nic = reader_u32(body, is_big_endian);
    struct pcapng_option o;
    uint64_t *count, value;
    int r;

    cursor_skip(body, 8); /* when they were taken */
    if (body->failed)
        return reader_damage(c, stream_offset(&c->in), "a statistics block that is too short");
    if (nic >= c->info.n_nics - c->pcapng.first_nic)
        return 1; /* of no interface that a packet could have */
    while ((r = pcapng_next_option(body, is_big_endian, &o)) > 0) {
        count = find_count(&c->nics[c->pcapng.first_nic + nic]->statistics, o.code);
        value = reader_u64(&o.value, is_big_endian);
        if (count && !o.value.failed)
            *count = value;
    }
    return r < 0 ? pcapng_overrun(c) : 1;
}
