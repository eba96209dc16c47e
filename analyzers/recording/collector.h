/*
 * The collector: the script that reads a cluster's configuration. It stands in the program, so that
 * lmpath stays one file, and is run by PowerShell where there is Hyper-V.
 */
#pragma once

#include "analyzers/recording/program.h"
#include "src/base/error.h"

extern const char collector_script[]; /* Get-LmPathSnapshot.ps1, made by the build */

/* A fresh snapshot, in a folder of its own. */
struct collection {
    char folder[PROGRAM_PATH_BYTES]; /* "" : not made */
    char script[PROGRAM_PATH_BYTES + 32];
    char snapshot[PROGRAM_PATH_BYTES + 32];
};

/*
 * collection_make() - run the collector. What it says on its way is shown on standard error.
 * @nodes:      NULL-ended, only these hosts; none: all of the cluster
 * @in_cluster: false: the hosts are in none
 *
 * Returns 0, ERR_USAGE (no PowerShell that knows Hyper-V can be here; the text tells what to do),
 * ERR_SYSTEM (it failed), ERR_INPUT (what it wrote is no snapshot) or ERR_MEMORY;
 * collection_release() is due in any case, and removes the folder.
 */
int collection_make(struct collection *c, char *const *nodes, bool in_cluster, struct error *err);
void collection_release(struct collection *c);
