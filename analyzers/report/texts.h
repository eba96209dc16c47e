/*
 * Every text of the reports, in every language: TEXT(name, English, Dutch).
 *
 * A row that lacks a language does not compile. {1} to {9} are places that text_with() fills. No
 * text has a character that means something to HTML or Markdown. The words of results (findings,
 * reasons) are in sentences.h, since results are written in English alone.
 */
#define TEXTS(TEXT)                                                                                \
    /* the report and its title */                                                                 \
    TEXT(LOGO, "Logo", "Logo")                                                                     \
    TEXT(REPORT, "Live migration path", "Netwerkpad van de livemigratie")                          \
    TEXT(REPORT_KIND, "Live migration path report",                                                \
         "Rapport over het netwerkpad van de livemigratie")                                        \
    TEXT(QUESTION, "Which network carries live migration",                                         \
         "Over welk netwerk loopt de livemigratie")                                                \
    TEXT(QUESTION_COMPARED, "Which network carries live migration: before and after",              \
         "Over welk netwerk loopt de livemigratie: voor en na")                                    \
    TEXT(CUSTOMER, "Customer", "Klant")                                                            \
    TEXT(CLUSTER, "Cluster", "Cluster")                                                            \
    TEXT(AUTHOR, "Author", "Auteur")                                                               \
    TEXT(DATE, "Date", "Datum")                                                                    \
    TEXT(REFERENCE, "Reference", "Referentie")                                                     \
    TEXT(MADE_BY, "Made by lmpath {1}.", "Gemaakt met lmpath {1}.")                                \
    TEXT(MADE_FROM, "Result {1}, made by lmpath {2}.", "Resultaat {1}, gemaakt met lmpath {2}.")   \
    TEXT(CONTENTS, "Contents", "Inhoud")                                                           \
    TEXT(SKIP, "Skip to the report", "Direct naar het rapport")                                    \
    TEXT(COPY, "Copy", "Kopiëren")                                                                 \
    TEXT(COPIED, "Copied", "Gekopieerd")                                                           \
    TEXT(SELECTED, "Selected", "Geselecteerd")                                                     \
    /* chapters */                                                                                 \
    TEXT(SUMMARY, "Summary", "Samenvatting")                                                       \
    TEXT(NUMBERS, "The numbers", "De cijfers")                                                     \
    TEXT(PATH, "The path of the memory", "De weg van het geheugen")                                \
    TEXT(RATES, "Rate over time", "Snelheid in de tijd")                                           \
    TEXT(MEMORY_BY_NETWORK, "Memory by network", "Geheugen per netwerk")                           \
    TEXT(BYTES_BY_NIC, "Bytes by NIC", "Bytes per netwerkadapter")                                 \
    TEXT(TEST, "The test", "De test")                                                              \
    TEXT(DIRECTIONS, "Directions tested", "Geteste richtingen")                                    \
    TEXT(FINDINGS, "Findings", "Bevindingen")                                                      \
    TEXT(FINDINGS_TO_DO, "Findings and what to do", "Bevindingen en wat eraan te doen")            \
    TEXT(EVIDENCE, "Evidence", "Onderbouwing")                                                     \
    TEXT(METHOD, "Method and limits", "Werkwijze en grenzen")                                      \
    TEXT(INPUTS_OPTIONS, "Inputs and options", "Invoer en opties")                                 \
    /* the sets */                                                                                 \
    TEXT(BEFORE, "Before", "Voor")                                                                 \
    TEXT(AFTER, "After", "Na")                                                                     \
    TEXT(RESULT, "Result", "Resultaat")                                                            \
    TEXT(SET_SAYS, "{1}: {2}", "{1}: {2}")                                                         \
    TEXT(RUN_OF, "{1}, run {2} of {3}", "{1}, meting {2} van {3}")                                 \
    TEXT(MORE_RUNS, "{1}: runs whose evidence is in their results alone: {2}.",                    \
         "{1}: metingen waarvan de onderbouwing alleen in hun resultaten staat: {2}.")             \
    /* verdicts */                                                                                 \
    TEXT(VERDICT_RIGHT, "Right network", "Juiste netwerk")                                         \
    TEXT(VERDICT_WRONG, "Wrong network", "Verkeerd netwerk")                                       \
    TEXT(VERDICT_SPLIT, "Split over several networks", "Verdeeld over meerdere netwerken")         \
    TEXT(VERDICT_INCONCLUSIVE, "Inconclusive", "Geen uitsluitsel")                                 \
    TEXT(VERDICT_NONE, "No migration seen", "Geen migratie gezien")                                \
    TEXT(HEADLINE_RIGHT, "RIGHT NETWORK", "JUISTE NETWERK")                                        \
    TEXT(HEADLINE_WRONG, "WRONG NETWORK", "VERKEERD NETWERK")                                      \
    TEXT(HEADLINE_SPLIT, "SPLIT NETWORKS", "MEERDERE NETWERKEN")                                   \
    TEXT(HEADLINE_INCONCLUSIVE, "INCONCLUSIVE", "GEEN UITSLUITSEL")                                \
    TEXT(HEADLINE_NONE, "NO MIGRATION", "GEEN MIGRATIE")                                           \
    /* the headline: {1} a share, {2} a size, then how many transfers, last where it went */       \
    TEXT(HEADLINE, "{1}: {2}", "{1}: {2}")                                                         \
    TEXT(WENT, "{1} of the memory ({2}) went {3}", "{1} van het geheugen ({2}) ging {3}")          \
    TEXT(WENT_IN, "{1} of the memory ({2} in {3} transfers) went {4}",                             \
         "{1} van het geheugen ({2} in {3} overdrachten) ging {4}")                                \
    TEXT(WENT_NOT_OVER, "{1}, not over {2}", "{1}, niet via {2}")                                  \
    TEXT(WENT_REST, "{1}, the rest over {2} more", "{1}, de rest via nog {2}")                     \
    TEXT(NO_REASON, "no reason", "geen reden")                                                     \
    TEXT(OVER, "over {1}", "via {1}")                                                              \
    TEXT(OVER_INTENDED, "over {1} (intended)", "via {1} (bedoeld)")                                \
    TEXT(WENT_TOO, "{1}, {2} {3}", "{1}, {2} {3}")                                                 \
    TEXT(OUTSIDE, "outside every network", "buiten elk netwerk om")                                \
    TEXT(BETWEEN, "between networks", "tussen netwerken")                                          \
    TEXT(LIST_AND, " and ", " en ")                                                                \
    TEXT(LIST_MORE, " and {1} more", " en nog {1}")                                                \
    /* the summary: {1} memory, {2} time, {3} rate, {4} where it went */                           \
    TEXT(MOVED, "{1} of memory moved in {2} at {3}, {4}.",                                         \
         "{1} geheugen is verplaatst in {2} met {3}, {4}.")                                        \
    TEXT(MOVED_DIFFERING, "{1} of memory moved in {2} at {3}, in one of runs that differ {4}.",    \
         "{1} geheugen is verplaatst in {2} met {3}, in een van de verschillende metingen "        \
         "{4}.")                                                                                   \
    TEXT(LANE_INTENDED, "{1} {2}, as intended", "{1} {2}, zoals bedoeld")                          \
    TEXT(LANE_OTHER, "{1} {2}, which is not meant for it",                                         \
         "{1} {2}, en dat is niet het bedoelde netwerk")                                           \
    TEXT(LANE_ALL, "all of it", "volledig")                                                        \
    TEXT(FULL_STOP, "{1}.", "{1}.")                                                                \
    TEXT(MEDIANS, "(Medians of {1} runs.)", "(Medianen van {1} metingen.)")                        \
    TEXT(USES_RIGHT, "Live migration uses the network that was built for it.",                     \
         "De livemigratie gebruikt het netwerk dat ervoor is aangelegd.")                          \
    TEXT(USES_WRONG,                                                                               \
         "Live migration does not use the network that was built for it: migrations take "         \
         "longer than they need to, and they burden a network that other traffic needs.",          \
         "De livemigratie gebruikt niet het netwerk dat ervoor is aangelegd: migraties "           \
         "duren langer dan nodig en belasten een netwerk dat voor ander verkeer nodig is.")        \
    TEXT(SOLVED, "The problem is solved: migrations now use the network that was built for them.", \
         "Het probleem is opgelost: migraties gebruiken nu het netwerk dat ervoor is "             \
         "aangelegd.")                                                                             \
    TEXT(SOLVED_RATE,                                                                              \
         "The problem is solved: migrations now use the network that was built for them, "         \
         "and the memory moves {1}.",                                                              \
         "Het probleem is opgelost: migraties gebruiken nu het netwerk dat ervoor is "             \
         "aangelegd, en het verplaatsen van het geheugen gaat {1}.")                               \
    TEXT(STILL_RIGHT, "Migrations use the network that was built for them.",                       \
         "Migraties gebruiken het netwerk dat ervoor is aangelegd.")                               \
    TEXT(STILL_RIGHT_RATE,                                                                         \
         "Migrations use the network that was built for them, and the memory moves {1}.",          \
         "Migraties gebruiken het netwerk dat ervoor is aangelegd, en het verplaatsen van "        \
         "het geheugen gaat {1}.")                                                                 \
    TEXT(REMAINS,                                                                                  \
         "The problem remains: memory still goes over a network that is not meant for it.",        \
         "Het probleem blijft bestaan: er gaat nog steeds geheugen via een netwerk dat "           \
         "daar niet voor bedoeld is.")                                                             \
    TEXT(REMAINS_RATE,                                                                             \
         "The problem remains: memory still goes over a network that is not meant for it, "        \
         "and the memory moves {1}.",                                                              \
         "Het probleem blijft bestaan: er gaat nog steeds geheugen via een netwerk dat "           \
         "daar niet voor bedoeld is, en het verplaatsen van het geheugen gaat {1}.")               \
    TEXT(NOT_PROVEN, "Whether migrations now use the right network is not proven.",                \
         "Of migraties nu het juiste netwerk gebruiken, is niet aangetoond.")                      \
    TEXT(NOT_PROVEN_RATE,                                                                          \
         "Whether migrations now use the right network is not proven, and the memory moves "       \
         "{1}.",                                                                                   \
         "Of migraties nu het juiste netwerk gebruiken, is niet aangetoond, en het "               \
         "verplaatsen van het geheugen gaat {1}.")                                                 \
    TEXT(ONE_WAY,                                                                                  \
         "Only the direction {1} to {2} was tested; the other one can differ, as each host "       \
         "chooses for itself.",                                                                    \
         "Alleen de richting van {1} naar {2} is getest; de andere kan afwijken, want elke "       \
         "host kiest zelf.")                                                                       \
    TEXT(WAYS_ALIKE, "{1} and {2}: both directions were tested and behave alike.",                 \
         "{1} en {2}: beide richtingen zijn getest en gedragen zich gelijk.")                      \
    TEXT(WAYS_DIFFER, "{1} and {2}: the two directions differ, one goes right and one wrong.",     \
         "{1} en {2}: de twee richtingen verschillen, de ene gaat goed en de andere fout.")        \
    TEXT(WAYS_OTHER, "{1} and {2}: the two directions take different networks.",                   \
         "{1} en {2}: de twee richtingen nemen verschillende netwerken.")                          \
    TEXT(VERDICTS_DIFFER, "{1}: the runs come to different verdicts; the worst one is shown.",     \
         "{1}: de metingen geven verschillende oordelen; het slechtste is getoond.")               \
    TEXT(INTENDED_DIFFER,                                                                          \
         "Before and after name different intended networks: they may be of different "            \
         "clusters.",                                                                              \
         "Voor en na noemen verschillende bedoelde netwerken: ze kunnen van verschillende "        \
         "clusters zijn.")                                                                         \
    TEXT(MEMORY_DIFFERS,                                                                           \
         "Before and after moved very different amounts of memory: compare rates, not "            \
         "times.",                                                                                 \
         "Voor en na is er sterk verschillend veel geheugen verplaatst: vergelijk "                \
         "snelheden, geen tijden.")                                                                \
    TEXT(HOSTS_DIFFER,                                                                             \
         "Before and after have no host in common: they may be of different "                      \
         "clusters.",                                                                              \
         "Voor en na hebben geen host gemeen: ze kunnen van verschillende clusters"                \
         " zijn.")                                                                                 \
    TEXT(SUBNETS_DIFFER,                                                                           \
         "The network {1} has other subnets before than after: they may be of "                    \
         "different clusters.",                                                                    \
         "Het netwerk {1} heeft voor andere subnetten dan na: ze kunnen van "                      \
         "verschillende clusters zijn.")                                                           \
    TEXT(VM_DIFFERS,                                                                               \
         "Before and after name VMs with different memory, {1} and {2}: they may "                 \
         "be different VMs.",                                                                      \
         "Voor en na noemen VM's met verschillend geheugen, {1} en {2}: het kunnen "               \
         "verschillende VM's zijn.")                                                               \
    TEXT(TRANSPORT_DIFFERS,                                                                        \
         "Before and after moved the memory in different ways, by {1} and by {2}.",                \
         "Voor en na is het geheugen op verschillende manieren verplaatst, via {1}"                \
         " en via {2}.")                                                                           \
    TEXT(TRANSPORT_TCP, "TCP/IP", "TCP/IP")                                                        \
    TEXT(TRANSPORT_SMB, "SMB", "SMB")                                                              \
    TEXT(TRANSPORT_RDMA, "SMB Direct (RDMA)", "SMB Direct (RDMA)")                                 \
    TEXT(OPTIONS_DIFFER,                                                                           \
         "Before and after were judged with different options (ports or least "                    \
         "share).",                                                                                \
         "Voor en na zijn met verschillende opties beoordeeld (poorten of kleinste"                \
         " aandeel).")                                                                             \
    TEXT(UNITS_WRONG,                                                                              \
         "{1}: a rate does not fit its bytes and its time, so units may be mixed "                 \
         "up.",                                                                                    \
         "{1}: een snelheid past niet bij de bytes en de tijd, dus er kunnen "                     \
         "eenheden verwisseld zijn.")                                                              \
    TEXT(MIND, "Mind:", "Let op:")                                                                 \
    /* the cause */                                                                                \
    TEXT(CAUSE_CHAPTER, "Why: the cause", "Waardoor: de oorzaak")                                  \
    TEXT(CAUSE_LIKELY, "Likely cause, in {1}:", "Waarschijnlijke oorzaak, in {1}:")                \
    TEXT(CAUSE_POSSIBLE, "Possible cause, in {1}:", "Mogelijke oorzaak, in {1}:")                  \
    TEXT(CAUSE_OR, "Or, in {1}:", "Of, in {1}:")                                                   \
    TEXT(CAUSE_NOT_FOUND, "Cause not found:", "Oorzaak niet gevonden:")                            \
    TEXT(CAUSE_PROOF,                                                                              \
         "A configuration proves nothing: mend it, move a VM again in both directions, and look "  \
         "again.",                                                                                 \
         "Een configuratie bewijst niets: herstel haar, verplaats opnieuw een VM in beide "        \
         "richtingen en kijk opnieuw.")                                                            \
    TEXT(IN_ROLE, "the network's role", "de rol van het netwerk")                                  \
    TEXT(IN_ORDER, "the cluster's order and exclude list",                                         \
         "de volgorde en de uitsluitlijst van het cluster")                                        \
    TEXT(IN_LIST, "the host's list of migration networks",                                         \
         "de lijst met migratienetwerken van de host")                                             \
    TEXT(IN_OPTIONS, "the host's migration settings", "de migratie-instellingen van de host")      \
    TEXT(IN_ADAPTER, "the adapters", "de adapters")                                                \
    TEXT(IN_SMB, "SMB", "SMB")                                                                     \
    TEXT(IN_CLUSTER, "the cluster's networks", "de netwerken van het cluster")                     \
    TEXT(LAYERS, "The three layers", "De drie lagen")                                              \
    TEXT(LAYER_ROLE, "1. Role of each network", "1. Rol van elk netwerk")                          \
    TEXT(LAYER_ORDER, "2. The cluster's order and exclude list",                                   \
         "2. Volgorde en uitsluitlijst van het cluster")                                           \
    TEXT(LAYER_LIST, "3. The hosts' lists and switches", "3. Lijsten en schakelaars van de hosts") \
    TEXT(LAYER_ADAPTER, "The adapters", "De adapters")                                             \
    TEXT(LAYER_IS_CAUSE, "{1} (the cause)", "{1} (de oorzaak)")                                    \
    TEXT(LAYER_IS_CAUSE_OF, "{1} ({2}: the cause)", "{1} ({2}: de oorzaak)")                       \
    TEXT(LAYERS_LEFT_OUT, "Settings that only the JSON result has: {1}.",                          \
         "Instellingen die alleen in het JSON-resultaat staan: {1}.")                              \
    TEXT(PREDICTED_SEEN, "Predicted and seen", "Voorspeld en gezien")                              \
    TEXT(PREDICTED_NOTE,                                                                           \
         "Sources disagree on which rule Windows follows: what was seen tells which one fits.",    \
         "Bronnen spreken elkaar tegen over welke regel Windows volgt: wat gezien is, vertelt "    \
         "welke klopt.")                                                                           \
    TEXT(RULE_ORDER, "the cluster's order", "de volgorde van het cluster")                         \
    TEXT(RULE_LIST, "the source host's list", "de lijst van de bronhost")                          \
    TEXT(RULE_METRIC, "the networks' metrics", "de metrics van de netwerken")                      \
    TEXT(RULE_SMB, "SMB Multichannel", "SMB Multichannel")                                         \
    TEXT(SETTING_OF, "{1}: {2}", "{1}: {2}")                                                       \
    TEXT(STATE_TOO, "{1}, {2}", "{1}, {2}")                                                        \
    TEXT(ORDER_PLACE, "place {1}", "plaats {1}")                                                   \
    TEXT(ORDER_NONE, "not in the order", "niet in de volgorde")                                    \
    TEXT(EXCLUDED, "{1}, excluded", "{1}, uitgesloten")                                            \
    TEXT(LISTED, "{1}, priority {2}", "{1}, prioriteit {2}")                                       \
    TEXT(LISTED_LAST, "{1}, no priority", "{1}, geen prioriteit")                                  \
    TEXT(NOT_LISTED, "not listed", "niet in de lijst")                                             \
    TEXT(ANY_NETWORK, "any network", "elk netwerk")                                                \
    TEXT(MIGRATION_ON, "migration enabled", "migratie ingeschakeld")                               \
    TEXT(PERFORMANCE, "performance option", "prestatieoptie")                                      \
    TEXT(ADAPTER_AT, "{1} ({2})", "{1} ({2})")                                                     \
    TEXT(ADAPTER_METRIC, "{1}, metric {2}", "{1}, metric {2}")                                     \
    TEXT(ABSENT, "none", "geen")                                                                   \
    TEXT(NO, "no", "nee")                                                                          \
    TEXT(CHANGED, "changed", "gewijzigd")                                                          \
    TEXT(COL_SETTING, "setting", "instelling")                                                     \
    TEXT(DIRECTION, "direction", "richting")                                                       \
    TEXT(CLUSTER_LAYERS, "The cluster's networks", "De netwerken van het cluster")                 \
    TEXT(HOST_LAYERS, "The hosts' lists and adapters", "De lijsten en adapters van de hosts")      \
    TEXT(COL_ADDRESS, "address", "adres")                                                          \
    TEXT(COL_STATE, "state", "status")                                                             \
    TEXT(COL_ORDER, "order", "volgorde")                                                           \
    TEXT(COL_EXCLUDED, "excluded", "uitgesloten")                                                  \
    TEXT(COL_METRIC, "metric", "metric")                                                           \
    TEXT(COL_LISTED, "listed", "in de lijst")                                                      \
    TEXT(COL_SUBNET, "subnet", "subnet")                                                           \
    TEXT(COL_PRIORITY, "priority", "prioriteit")                                                   \
    TEXT(COL_ADAPTER, "adapter", "adapter")                                                        \
    TEXT(COL_RULE, "rule", "regel")                                                                \
    TEXT(COL_PREDICTED, "predicted", "voorspeld")                                                  \
    TEXT(COL_SEEN, "seen", "gezien")                                                               \
    TEXT(COL_AGREES, "agrees", "klopt")                                                            \
    /* measures */                                                                                 \
    TEXT(TIME, "Time", "Tijd")                                                                     \
    TEXT(MEMORY_MOVED, "Memory moved", "Verplaatst geheugen")                                      \
    TEXT(MEAN_RATE, "Mean rate", "Gemiddelde snelheid")                                            \
    TEXT(PEAK_RATE, "Peak rate", "Hoogste snelheid")                                               \
    TEXT(OVER_THE_INTENDED, "Over the intended network", "Via het bedoelde netwerk")               \
    TEXT(OVER_OTHERS, "Over other networks", "Via andere netwerken")                               \
    TEXT(OTHER_NIC, "Busiest NIC outside the intended network",                                    \
         "Drukste netwerkadapter buiten het bedoelde netwerk")                                     \
    TEXT(SENT_AGAIN, "Sent again (retransmitted)", "Opnieuw verzonden (hertransmissies)")          \
    TEXT(NOT_CAPTURED, "Not captured", "Niet vastgelegd")                                          \
    TEXT(PACKETS_LOST, "Packets the capture lost", "Door de opname gemiste pakketten")             \
    TEXT(WHAT, "What", "Wat")                                                                      \
    TEXT(CHANGE, "Change", "Verandering")                                                          \
    TEXT(UNKNOWN, "unknown", "onbekend")                                                           \
    TEXT(UNKNOWN_HOST, "unknown host", "onbekende host")                                           \
    TEXT(UNKNOWN_NETWORK, "an unknown network", "een onbekend netwerk")                            \
    TEXT(RANGE, "{1} to {2}", "{1} tot {2}")                                                       \
    TEXT(CANT_TELL, "can't be told", "niet te bepalen")                                            \
    TEXT(SAME, "the same", "gelijk")                                                               \
    TEXT(ABOUT_SAME, "about the same", "vrijwel gelijk")                                           \
    TEXT(FROM_NOTHING, "from nothing to {1}", "van niets naar {1}")                                \
    TEXT(TO_NOTHING, "down to nothing", "naar niets")                                              \
    TEXT(AS_FAST, "{1} times as fast", "{1} keer zo snel")                                         \
    TEXT(AS_LONG, "{1} times as long", "{1} keer zo lang")                                         \
    TEXT(SLOWER, "{1} times slower", "{1} keer zo langzaam")                                       \
    TEXT(AS_MUCH, "{1} times as much", "{1} keer zo veel")                                         \
    TEXT(AS_MANY, "{1} times as many", "{1} keer zo veel")                                         \
    TEXT(LESS, "{1} times less", "{1} keer zo weinig")                                             \
    TEXT(BETTER_WORSE,                                                                             \
         "▲ better, ▼ worse. With several runs: the median, below it the least and the "       \
         "most.",                                                                                  \
         "▲ beter, ▼ slechter. Bij meerdere metingen: de mediaan, met daaronder de laagste "   \
         "en de hoogste waarde.")                                                                  \
    TEXT(PERCENT, "{1} %", "{1}%")                                                                 \
    TEXT(PERCENT_OVER, "over {1} %", "meer dan {1}%")                                              \
    TEXT(PERCENT_UNDER, "under {1} %", "minder dan {1}%")                                          \
    /* pictures */                                                                                 \
    TEXT(LINE, "{1} to {2}: {3}", "{1} naar {2}: {3}")                                             \
    TEXT(LINE_OTHERS, "{1} to {2}: {3} and others", "{1} naar {2}: {3} en andere")                 \
    TEXT(LANE_HOVER, "{1}: {2}, {3} of the memory", "{1}: {2}, {3} van het geheugen")              \
    TEXT(LANE_CARRIED, "{1} ({2})", "{1} ({2})")                                                   \
    TEXT(LANE_NOTHING, "nothing", "niets")                                                         \
    TEXT(MARK_RIGHT, "✔ intended", "✔ bedoeld")                                                    \
    TEXT(MARK_WRONG, "✖ not intended", "✖ niet bedoeld")                                           \
    TEXT(INTENDED_ASIDE, "(intended)", "(bedoeld)")                                                \
    TEXT(NAME_INTENDED, "{1} (intended)", "{1} (bedoeld)")                                         \
    TEXT(PATH_TITLE, "{1}: the way of the memory", "{1}: de weg van het geheugen")                 \
    TEXT(PATH_FROM_TO, "From {1} to {2}", "Van {1} naar {2}")                                      \
    TEXT(PATH_CAPTION,                                                                             \
         "Lanes are as thick as the share of memory they carried; hatched: not meant for "         \
         "it; dotted: unused.",                                                                    \
         "Banen zijn zo dik als hun aandeel in het geheugen; gearceerd: niet ervoor "              \
         "bedoeld; gestippeld: ongebruikt.")                                                       \
    TEXT(RATES_AXIS, "time since the first byte of memory", "tijd sinds de eerste byte geheugen")  \
    TEXT(RATES_POINT, "{1}, {2} s: {3}", "{1}, {2} s: {3}")                                        \
    TEXT(RATES_VALUES, "The chart's values as a table", "De waarden van de grafiek als tabel")     \
    TEXT(RATES_TABLE, "Rates over time", "Snelheden in de tijd")                                   \
    TEXT(RATES_SET, "{1}: {2} at the mean, {3} at the peak.", "{1}: gemiddeld {2}, hoogste {3}.")  \
    TEXT(RATES_SCALE, "The scale reaches {1} and {2} seconds.",                                    \
         "De schaal loopt tot {1} en {2} seconden.")                                               \
    TEXT(RATES_CAPTION, "Memory moved, averaged over each step. All transfers are on one scale.",  \
         "Verplaatst geheugen, gemiddeld over elke stap. Alle overdrachten staan op "              \
         "dezelfde schaal.")                                                                       \
    TEXT(RATES_NOT_DRAWN, "{1}: transfers that are not drawn: {2}.",                               \
         "{1}: overdrachten die niet zijn getekend: {2}.")                                         \
    TEXT(BYTES_BAR, "{1}, {2}: {3}", "{1}, {2}: {3}")                                              \
    TEXT(BYTES_CAPTION,                                                                            \
         "Bytes of memory over each network, solid where it is meant to be, hatched where "        \
         "it is not.",                                                                             \
         "Bytes geheugen per netwerk, effen waar het hoort, gearceerd waar het niet hoort.")       \
    TEXT(BYTES_WIDTH, "The full width is at least the VM's memory, {1}.",                          \
         "De volle breedte is ten minste het geheugen van de VM, {1}.")                            \
    TEXT(NICS_COUNTED,                                                                             \
         "What each NIC received and sent while the memory moved, by its own "                     \
         "counters, less what would have come anyway. A virtual NIC and the one "                  \
         "beneath it count the same bytes.",                                                       \
         "Wat elke netwerkadapter heeft ontvangen en verzonden terwijl het geheugen "              \
         "werd verplaatst, volgens de eigen tellers, min wat er hoe dan ook zou "                  \
         "zijn gekomen. Een virtuele netwerkadapter en die eronder tellen dezelfde "               \
         "bytes.")                                                                                 \
    TEXT(NICS_CAPTURED,                                                                            \
         "What the capture saw pass each NIC; the NICs themselves were not asked "                 \
         "for their counters.",                                                                    \
         "Wat de opname op elke netwerkadapter zag passeren; de tellers van de "                   \
         "netwerkadapters zelf zijn niet gelezen.")                                                \
    TEXT(NICS_VM, "The dashed line is the memory of the VM, {1}.",                                 \
         "De streepjeslijn is het geheugen van de VM, {1}.")                                       \
    TEXT(MEMORY_OF_VM, "Memory of the VM", "Geheugen van de VM")                                   \
    TEXT(NICS_BAR_VM, "The first bars are the memory of the VM, {1}.",                             \
         "De eerste balken zijn het geheugen van de VM, {1}.")                                     \
    TEXT(NICS_BAR_MOVED, "The first bars are the memory that moved, {1}.",                         \
         "De eerste balken zijn het verplaatste geheugen, {1}.")                                   \
    TEXT(NICS_MOVED, "The dashed line is the memory that moved, {1}.",                             \
         "De streepjeslijn is het geheugen dat is verplaatst, {1}.")                               \
    /* in documents with pages */                                                                  \
    TEXT(FIGURE, "Figure", "Figuur")                                                               \
    TEXT(TABLE, "Table", "Tabel")                                                                  \
    TEXT(PAGE_OF, "Page {1} of {2}", "Pagina {1} van {2}")                                         \
    TEXT(PATH_CAPTION_BROKEN,                                                                      \
         "Lines are as thick as the share of memory they carried; broken: not meant "              \
         "for it; dotted: unused.",                                                                \
         "Lijnen zijn zo dik als hun aandeel in het geheugen; onderbroken: niet ervoor"            \
         " bedoeld; gestippeld: ongebruikt.")                                                      \
    TEXT(RATES_AXIS_SECONDS, "seconds since the first byte of memory",                             \
         "seconden sinds de eerste byte geheugen")                                                 \
    /* findings */                                                                                 \
    TEXT(WHY, "Why it matters:", "Waarom dit ertoe doet:")                                         \
    TEXT(TO_DO, "To do:", "Te doen:")                                                              \
    TEXT(WHAT_TO_DO, "What to do:", "Wat te doen:")                                                \
    TEXT(FINDING_OF_SET, "{1} ({2})", "{1} ({2})")                                                 \
    TEXT(FINDING_IN_RUNS, "(in {1} runs)", "(in {1} metingen)")                                    \
    /* method */                                                                                   \
    TEXT(METHOD_HOW,                                                                               \
         "A test migration was watched in packet captures taken on the hosts or on the "           \
         "switch. Every TCP connection was followed, and its bytes were counted from the "         \
         "sequence numbers that both sides exchange, so that packets missing in a capture "        \
         "do not make the totals wrong. Each address belongs to one network; from that "           \
         "follows which network carried the memory. The verdict rests on what was seen, "          \
         "not on the configuration.",                                                              \
         "Een testmigratie is gevolgd in netwerkopnamen die op de hosts of op de switch "          \
         "zijn gemaakt. Elke TCP-verbinding is gevolgd, en de bytes zijn geteld aan de "           \
         "hand van de volgnummers die beide kanten uitwisselen, zodat pakketten die in een "       \
         "opname ontbreken de totalen niet onjuist maken. Elk adres hoort bij één netwerk; "     \
         "daaruit volgt welk netwerk het geheugen heeft vervoerd. Het oordeel berust op "          \
         "wat is gezien, niet op de configuratie.")                                                \
    TEXT(METHOD_WHERE,                                                                             \
         "{1}: interfaces at which packets were seen: {2}, in captures: {3}; NICs whose counters " \
         "were read: {4}, in recorded sessions: {5}.",                                             \
         "{1}: interfaces waarop pakketten zijn gezien: {2}, in opnamen: {3}; netwerkadapters "    \
         "waarvan de tellers zijn gelezen: {4}, in opgenomen sessies: {5}.")                       \
    TEXT(METHOD_BLIND, "What this method can't see", "Wat deze werkwijze niet kan zien")           \
    TEXT(METHOD_RDMA,                                                                              \
         "Traffic past the operating system (SMB Direct, RDMA) never shows in a capture on "       \
         "the host; only the adapters' counters or a switch's mirror port tell of it.",            \
         "Verkeer buiten het besturingssysteem om (SMB Direct, RDMA) is nooit te zien in "         \
         "een opname op de host; alleen de tellers van de adapters of een spiegelpoort van "       \
         "de switch laten het zien.")                                                              \
    TEXT(METHOD_IPSEC,                                                                             \
         "Encrypted traffic (IPsec) hides its ports; memory in it can't be told from other "       \
         "traffic.",                                                                               \
         "Versleuteld verkeer (IPsec) verbergt de poorten; geheugen daarin is niet van "           \
         "ander verkeer te onderscheiden.")                                                        \
    TEXT(METHOD_SMB,                                                                               \
         "SMB carries memory and files alike; such a connection counts as memory only on "         \
         "evidence, which the transfer's certainty tells.",                                        \
         "SMB vervoert zowel geheugen als bestanden; zo'n verbinding telt alleen als "             \
         "geheugen wanneer daar bewijs voor is, en hoe zeker dat is, staat bij de "                \
         "overdracht.")                                                                            \
    TEXT(METHOD_VSWITCH,                                                                           \
         "Behind a virtual switch or a team one packet passes several adapters. It"                \
         " counts once; an adapter that was not captured shows nothing of it.",                    \
         "Achter een virtuele switch of een team passeert één pakket meerdere "                  \
         "adapters. Het telt één keer; een adapter die niet is opgenomen, laat er "              \
         "niets van zien.")                                                                        \
    TEXT(METHOD_OFFLOAD,                                                                           \
         "Adapters cut and join packets by themselves (offload), so a capture on "                 \
         "the host shows larger and fewer packets than the wire carries. Bytes "                   \
         "are not affected.",                                                                      \
         "Adapters knippen en plakken zelf pakketten (offload), zodat een opname "                 \
         "op de host grotere en minder pakketten toont dan de kabel vervoert. Voor"                \
         " de bytes maakt het niet uit.")                                                          \
    TEXT(METHOD_LATER,                                                                             \
         "A path that was right during the test may change with the configuration or an "          \
         "update: repeat the test after each.",                                                    \
         "Een pad dat tijdens de test goed was, kan door een wijziging van de configuratie "       \
         "of een update veranderen: herhaal de test na elke wijziging.")                           \
    TEXT(METHOD_UNITS,                                                                             \
         "Sizes are in binary units (1 MiB = 1,048,576 bytes), rates in decimal ones (1 "          \
         "Gbit/s = 1,000,000,000 bit/s), times in UTC. No memory content was read or "             \
         "stored: byte counts come from packet headers.",                                          \
         "Groottes staan in binaire eenheden (1 MiB = 1.048.576 bytes), snelheden in "             \
         "decimale (1 Gbit/s = 1.000.000.000 bit/s), tijden in UTC. Er is geen inhoud van "        \
         "geheugen gelezen of opgeslagen: de aantallen bytes komen uit de headers van "            \
         "pakketten.")                                                                             \
    TEXT(OPTIONS, "Options:", "Opties:")                                                           \
    TEXT(MORE_ROWS, "Rows that only the JSON result has: {1}.",                                    \
         "Rijen die alleen in het JSON-resultaat staan: {1}.")                                     \
    /* tables: titles and columns */                                                               \
    TEXT(TRANSFERS, "Transfers", "Overdrachten")                                                   \
    TEXT(NETWORKS, "Networks", "Netwerken")                                                        \
    TEXT(INPUTS, "Inputs", "Invoer")                                                               \
    TEXT(DIGESTS, "Digests", "Controlegetallen")                                                   \
    TEXT(INTERFACES, "Interfaces", "Interfaces")                                                   \
    TEXT(COUNTERS, "Counters meanwhile", "Tellers intussen")                                       \
    TEXT(CONNECTIONS, "Connections", "Verbindingen")                                               \
    TEXT(CONNECTIONS_BEARING, "Connections that bear on the answer",                               \
         "Verbindingen die voor het antwoord tellen")                                              \
    TEXT(VANTAGE_POINTS, "Vantage points", "Meetpunten")                                           \
    TEXT(COMMANDS, "Commands", "Opdrachten")                                                       \
    TEXT(MARKS, "Marks", "Markeringen")                                                            \
    TEXT(COL_NUMBER, "#", "#")                                                                     \
    TEXT(COL_SET, "set", "reeks")                                                                  \
    TEXT(COL_FROM, "from", "van")                                                                  \
    TEXT(COL_TO, "to", "naar")                                                                     \
    TEXT(COL_NETWORK, "network", "netwerk")                                                        \
    TEXT(COL_BYTES, "bytes", "bytes")                                                              \
    TEXT(COL_TIME, "time", "tijd")                                                                 \
    TEXT(COL_RATE, "rate", "snelheid")                                                             \
    TEXT(COL_HOW, "how", "hoe")                                                                    \
    TEXT(COL_START, "start (UTC)", "begin (UTC)")                                                  \
    TEXT(COL_MEAN_RATE, "mean rate", "gemiddeld")                                                  \
    TEXT(COL_PEAK_RATE, "peak rate", "hoogste")                                                    \
    TEXT(COL_SENT_AGAIN, "sent again", "opnieuw verzonden")                                        \
    TEXT(COL_NOT_CAPTURED, "not captured", "niet vastgelegd")                                      \
    TEXT(COL_CONNECTIONS, "connections", "verbindingen")                                           \
    TEXT(COL_VERDICT, "verdict", "oordeel")                                                        \
    TEXT(COL_NAME, "name", "naam")                                                                 \
    TEXT(COL_SUBNETS, "subnets", "subnetten")                                                      \
    TEXT(COL_ROLE, "role", "rol")                                                                  \
    TEXT(COL_GUESSED, "guessed", "afgeleid")                                                       \
    TEXT(COL_INTENDED, "intended", "bedoeld")                                                      \
    TEXT(COL_MEMORY_BYTES, "memory bytes", "bytes geheugen")                                       \
    TEXT(COL_MEMORY, "memory", "geheugen")                                                         \
    TEXT(COL_SHARE, "share", "aandeel")                                                            \
    TEXT(COL_FILE, "file", "bestand")                                                              \
    TEXT(COL_FORMAT, "format", "formaat")                                                          \
    TEXT(COL_PACKETS, "packets", "pakketten")                                                      \
    TEXT(COL_FIRST, "first", "eerste")                                                             \
    TEXT(COL_DAMAGE, "damage", "schade")                                                           \
    TEXT(COL_SHA256, "SHA-256", "SHA-256")                                                         \
    TEXT(COL_INTERFACE, "interface", "interface")                                                  \
    TEXT(COL_HOST, "host", "host")                                                                 \
    TEXT(COL_LINK, "link", "link")                                                                 \
    TEXT(COL_DROPPED, "dropped", "gemist")                                                         \
    TEXT(COL_DUPLICATES, "duplicates", "dubbel")                                                   \
    TEXT(COL_CUT, "cut headers", "afgekapte headers")                                              \
    TEXT(COL_MALFORMED, "malformed", "misvormd")                                                   \
    TEXT(COL_STRAY, "stray fragments", "losse fragmenten")                                         \
    TEXT(COL_ESP, "ESP bytes", "ESP-bytes")                                                        \
    TEXT(COL_CLOCK_BACK, "clock back", "klok terug")                                               \
    TEXT(COL_SESSION, "session", "sessie")                                                         \
    TEXT(COL_RECEIVED, "received", "ontvangen")                                                    \
    TEXT(COL_SENT, "sent", "verzonden")                                                            \
    TEXT(COL_BACKGROUND, "background", "achtergrond")                                              \
    TEXT(COL_CAPTURE_SAW, "capture saw", "opname zag")                                             \
    TEXT(COL_EXPLAINED, "explained", "verklaard")                                                  \
    TEXT(COL_RDMA, "RDMA", "RDMA")                                                                 \
    TEXT(COL_CLIENT, "client", "client")                                                           \
    TEXT(COL_SERVER, "server", "server")                                                           \
    TEXT(COL_SURE, "sure", "zekerheid")                                                            \
    TEXT(COL_VLAN, "VLAN", "VLAN")                                                                 \
    TEXT(COL_CLIENT_SENT, "client sent", "door client")                                            \
    TEXT(COL_SERVER_SENT, "server sent", "door server")                                            \
    TEXT(COL_SEEN_AT, "seen at", "gezien op")                                                      \
    TEXT(COL_COMMUNITY_ID, "Community ID", "Community ID")                                         \
    TEXT(COL_CONNECTION, "connection", "verbinding")                                               \
    TEXT(COL_TUNNEL, "tunnel", "tunnel")                                                           \
    TEXT(COL_TRANSFERS, "transfers", "overdrachten")                                               \
    TEXT(COL_TRANSFER, "transfer", "overdracht")                                                   \
    TEXT(COL_COMMAND, "command", "opdracht")                                                       \
    TEXT(COL_ENDED, "ended", "afloop")                                                             \
    TEXT(COL_MARK, "mark", "markering")                                                            \
    TEXT(COL_WHEN, "when (UTC)", "wanneer (UTC)")                                                  \
    TEXT(COL_OVER_INTENDED, "over the intended network", "via het bedoelde netwerk")               \
    TEXT(COL_FROM_SECOND, "from second", "vanaf seconde")                                          \
    TEXT(COL_CHANGE, "change", "verandering")                                                      \
    /* words in cells */                                                                           \
    TEXT(YES, "yes", "ja")                                                                         \
    TEXT(INTENDED, "intended", "bedoeld")                                                          \
    TEXT(ABORTED, "aborted", "afgebroken")                                                         \
    TEXT(CUT_SHORT, "cut short", "afgekapt")                                                       \
    TEXT(DAMAGED_AT, "at byte {1}: {2}", "bij byte {1}: {2}")                                      \
    TEXT(LINK_UNKNOWN, "unknown ({1})", "onbekend ({1})")                                          \
    TEXT(DISAGREE, "{1}, disagree", "{1}, oneens")                                                 \
    TEXT(OUTSIDE_SHORT, "outside", "buiten")                                                       \
    TEXT(FROM_TO, "{1} to {2}", "{1} naar {2}")                                                    \
    TEXT(UNNAMED, "(unnamed)", "(naamloos)")                                                       \
    TEXT(NAME_ASIDE, "{1} ({2})", "{1} ({2})")                                                     \
    TEXT(STATUS, "exit status {1}", "exitstatus {1}")                                              \
    TEXT(SIGNAL, "ended by signal {1}", "beëindigd door signaal {1}")                              \
    TEXT(NOT_STARTED, "not started: {1}", "niet gestart: {1}")                                     \
    TEXT(AS_IT_IS, "{1}", "{1}")                                                                   \
    /* words for what programs name alike */                                                       \
    TEXT(WORD_RIGHT_NETWORK, "right-network", "juiste netwerk")                                    \
    TEXT(WORD_WRONG_NETWORK, "wrong-network", "verkeerd netwerk")                                  \
    TEXT(WORD_SPLIT_NETWORKS, "split-networks", "meerdere netwerken")                              \
    TEXT(WORD_INCONCLUSIVE, "inconclusive", "geen uitsluitsel")                                    \
    TEXT(WORD_NO_MIGRATION, "no-migration", "geen migratie")                                       \
    TEXT(WORD_CERTAIN, "certain", "zeker")                                                         \
    TEXT(WORD_LIKELY, "likely", "waarschijnlijk")                                                  \
    TEXT(WORD_POSSIBLE, "possible", "mogelijk")                                                    \
    TEXT(WORD_ERROR, "error", "fout")                                                              \
    TEXT(WORD_WARNING, "warning", "waarschuwing")                                                  \
    TEXT(WORD_INFO, "info", "info")                                                                \
    TEXT(WORD_OTHER, "other", "overig")                                                            \
    TEXT(WORD_MIGRATION, "migration", "migratie")                                                  \
    TEXT(WORD_CONTROL, "migration-control", "migratiebesturing")                                   \
    TEXT(WORD_SMB_MEMORY, "smb-memory", "SMB-geheugen")                                            \
    TEXT(WORD_SMB_OTHER, "smb-other", "SMB-overig")                                                \
    TEXT(WORD_HEARTBEAT, "heartbeat", "heartbeat")
