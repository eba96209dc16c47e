/*
 * The virtual machine of the migration lab: a program that QEMU starts without any kernel.
 *
 * It fills half of its memory with a pattern, goes on writing to a small part of it, and tells on
 * the serial line what a migration must not lose: a tick that counts on, and a checksum over the
 * part that it leaves alone. The pattern is the first multiboot module, repeated; without one,
 * random.
 *
 *   FILLED 08000000 sum 1234abcd     bytes filled, checksum
 *   TICK 00000001                    about ten a second
 *   CHECK ok | CHECK corrupt         every fourth tick: the memory once more against the checksum
 *
 * It sleeps between the clock's interrupts, so that a machine with two cores has time to migrate
 * it.
 *
 * Wire: Multiboot 0.6.96, sections 3.1 and 3.3. Devices of a PC: serial port 16550, clock 8254,
 * interrupt controller 8259. Descriptors: Intel 64 manual, volume 3, sections 3.4.5 and 6.11.
 */
#include <stdint.h>

#define MULTIBOOT_MAGIC 0x1BADB002U
#define MULTIBOOT_MEMORY_INFO 2U
#define MULTIBOOT_HAS_MODULES 8U

#define COM1 0x3F8
#define COM1_STATUS 0x3FD
#define COM1_CAN_SEND 0x20

#define CLOCK_MODE 0x43
#define CLOCK_PERIODIC 0x34
#define CLOCK_COUNT 0x40
#define CLOCK_HZ 1193182U

#define CONTROLLER 0x20
#define CONTROLLER_END 0x20
#define CONTROLLER_MASK 0x21
#define CONTROLLER2_MASK 0xA1
#define CLOCK_ALONE 0xFE
#define NOTHING 0xFF
#define CLOCK_VECTOR 8 /* where the BIOS left it */

#define CODE_SEGMENT 0x08
#define INTERRUPT_GATE 0x8E00U

#define PAGE_WORDS 1024U
#define FILL_BEGIN (16U << 20)       /* above this program and its module */
#define DIRTY_WORDS ((2U << 20) / 4) /* the part that is written all the time */
#define STEPS_A_SECOND 100
#define PAGES_A_STEP 5 /* 2 MB/s of dirty memory: little enough for a migration to end */
#define STEPS_A_TICK 10
#define TICKS_A_CHECK 4

struct multiboot_info {
    uint32_t flags;
    uint32_t lower_kib;
    uint32_t upper_kib; /* from 1 MiB on */
    uint32_t boot_device;
    uint32_t command_line;
    uint32_t module_count;
    uint32_t modules;
};

struct multiboot_module {
    uint32_t begin;
    uint32_t end;
};

__attribute__((section(".multiboot"), used,
               aligned(4))) static const uint32_t multiboot_header[] = {
    MULTIBOOT_MAGIC, MULTIBOOT_MEMORY_INFO, 0U - MULTIBOOT_MAGIC - MULTIBOOT_MEMORY_INFO
};

static char stack[16384] __attribute__((aligned(16)));
static uint32_t random_state = 2463534242U;

static void port_write(uint16_t port, uint8_t value)
{
    __asm__ volatile("outb %0, %1" : : "a"(value), "Nd"(port));
}

static uint8_t port_read(uint16_t port)
{
    uint8_t value;

    __asm__ volatile("inb %1, %0" : "=a"(value) : "Nd"(port));
    return value;
}

static void print(const char *text)
{
    for (; *text; text++) {
        while (!(port_read(COM1_STATUS) & COM1_CAN_SEND))
            ;
        port_write(COM1, (uint8_t)*text);
    }
}

static void print_hex(uint32_t value)
{
    char text[9];

    for (int i = 0; i < 8; i++)
        text[i] = "0123456789abcdef"[value >> (28 - 4 * i) & 15];
    text[8] = '\0';
    print(text);
}

__attribute__((naked)) static void clock_interrupt(void)
{
    __asm__ volatile("push %%eax\n\tmov %0, %%al\n\toutb %%al, %1\n\tpop %%eax\n\tiret"
                     :
                     : "i"(CONTROLLER_END), "i"(CONTROLLER));
}

/* From here on the clock alone interrupts, and its interrupt does nothing but to end a hlt. */
static void clock_start(void)
{
    static const uint64_t segments[] = { 0, 0x00CF9A000000FFFF, 0x00CF92000000FFFF };
    static uint32_t gates[CLOCK_VECTOR + 1][2];
    struct {
        uint16_t limit;
        uint32_t base;
    } __attribute__((packed)) segment_table = { sizeof(segments) - 1, (uint32_t)segments },
                              gate_table = { sizeof(gates) - 1, (uint32_t)gates };
    uint32_t handler = (uint32_t)clock_interrupt;
    uint32_t count = CLOCK_HZ / STEPS_A_SECOND;

    gates[CLOCK_VECTOR][0] = CODE_SEGMENT << 16 | (handler & 0xFFFF);
    gates[CLOCK_VECTOR][1] = (handler & 0xFFFF0000) | INTERRUPT_GATE;
    __asm__ volatile("lgdt %0\n\tljmp %1, $1f\n1:\n\tlidt %2"
                     :
                     : "m"(segment_table), "i"(CODE_SEGMENT), "m"(gate_table)
                     : "memory");
    port_write(CLOCK_MODE, CLOCK_PERIODIC);
    port_write(CLOCK_COUNT, (uint8_t)count);
    port_write(CLOCK_COUNT, (uint8_t)(count >> 8));
    port_write(CONTROLLER_MASK, CLOCK_ALONE);
    port_write(CONTROLLER2_MASK, NOTHING);
    __asm__ volatile("sti");
}

/* Xorshift of 32 bits (Marsaglia 2003): nothing that a migration could compress. */
static uint32_t random_word(void)
{
    random_state ^= random_state << 13;
    random_state ^= random_state >> 17;
    random_state ^= random_state << 5;
    return random_state;
}

static void fill(volatile uint32_t *memory, uint32_t words, const struct multiboot_info *info)
{
    const struct multiboot_module *module = (const struct multiboot_module *)info->modules;
    const uint32_t *pattern;
    uint32_t pattern_words, at = 0;

    if (!(info->flags & MULTIBOOT_HAS_MODULES) || info->module_count == 0) {
        for (uint32_t i = 0; i < words; i++)
            memory[i] = random_word();
        return;
    }
    pattern = (const uint32_t *)module->begin;
    pattern_words = (module->end - module->begin) / 4;
    for (uint32_t i = 0; i < words; i++) {
        memory[i] = pattern[at];
        at = at + 1 == pattern_words ? 0 : at + 1;
    }
}

static uint32_t checksum(const volatile uint32_t *memory, uint32_t words)
{
    uint32_t sum = 0;

    for (uint32_t i = DIRTY_WORDS; i < words; i++)
        sum = (sum << 1 | sum >> 31) ^ memory[i];
    return sum;
}

/* Swaps words of a page: it is dirty then, and still consists of the pattern. */
static void dirty_page(volatile uint32_t *page)
{
    for (uint32_t i = 0; i < PAGE_WORDS; i += 2) {
        uint32_t word = page[i];

        page[i] = page[i + 1];
        page[i + 1] = word;
    }
}

__attribute__((used)) static void guest_main(const struct multiboot_info *info)
{
    volatile uint32_t *memory = (volatile uint32_t *)FILL_BEGIN;
    uint32_t words = (info->upper_kib + 1024) / 2 * (1024 / 4);
    uint32_t page = 0, sum;

    clock_start();
    fill(memory, words, info);
    sum = checksum(memory, words);
    print("FILLED ");
    print_hex(words * 4);
    print(" sum ");
    print_hex(sum);
    print("\n");

    for (uint32_t tick = 1;; tick++) {
        for (int step = 0; step < STEPS_A_TICK; step++) {
            for (int i = 0; i < PAGES_A_STEP; i++) {
                dirty_page(memory + page * PAGE_WORDS);
                page = (page + 1) % (DIRTY_WORDS / PAGE_WORDS);
            }
            __asm__ volatile("hlt");
        }
        print("TICK ");
        print_hex(tick);
        print("\n");
        if (tick % TICKS_A_CHECK == 0)
            print(checksum(memory, words) == sum ? "CHECK ok\n" : "CHECK corrupt\n");
    }
}

__attribute__((naked, used, section(".text.start"))) void _start(void)
{
    __asm__ volatile("mov %0, %%esp\n\tpush %%ebx\n\tcall guest_main"
                     :
                     : "i"(stack + sizeof(stack)));
}
