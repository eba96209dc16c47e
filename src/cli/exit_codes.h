/* What the programs' exit codes mean (docs/verdicts.md); scripts rely on them. */
#pragma once

enum exit_code {
    EXIT_AS_IT_SHOULD = 0, /* right-network, or nothing wrong found */
    EXIT_WRONG = 1,        /* wrong-network, split-networks, drift, a failed check */
    EXIT_TROUBLE = 2,      /* usage, input or system error: nothing was judged */
    EXIT_UNDECIDED = 3,    /* inconclusive or no-migration */
};
