/*
 * What results say, in Dutch: SENTENCE(where, English, Dutch), rows of sentences.c.
 *
 * The English is the format of the code that writes it, and the key: %s and the like are places.
 * The Dutch has them by number, in its own order: {1} as it is (numbers and times are rewritten),
 * {=1} a phrase that is translated by itself, {+1} a list of them, {~1} a name, or a phrase without
 * places, {&1} a list of networks. tools/check_sentences.py compares both with the code.
 */
#define SENTENCES_OF_RESULTS(SENTENCE)                                                             \
    /* reasons of a verdict */                                                                     \
    SENTENCE("reason",                                                                             \
             "the capture lost %s of all packets, so other connections may have carried memory "   \
             "unseen: capture again with a larger buffer",                                         \
             "de opname miste {1} van alle pakketten, dus andere verbindingen kunnen ongezien "    \
             "geheugen hebben vervoerd: neem opnieuw op met een grotere buffer")                   \
    SENTENCE("reason",                                                                             \
             "%s of all packets were cut before their sequence numbers, so a migration "           \
             "could not be measured: capture again with a snap length of 128",                     \
             "{1} van alle pakketten is afgekapt voor het volgnummer, dus een migratie was niet "  \
             "te meten: neem opnieuw op met een snaplengte van 128")                               \
    SENTENCE("reason",                                                                             \
             "%s moved over %s may be a VM's memory, but nothing shows it: record with lmpath "    \
             "or capture TCP port %u with it on all NICs, and name the hosts with a snapshot "     \
             "(-t)",                                                                               \
             "{1} via {~2} kan geheugen van een VM zijn, maar niets toont dat aan: neem op met "   \
             "lmpath, of neem TCP-poort {3} mee op alle netwerkadapters, en geef de hosts een "    \
             "naam met een snapshot (-t)")                                                         \
    SENTENCE("reason",                                                                             \
             "a migration was talked about on TCP port %u, but no memory was seen: it may have "   \
             "gone over SMB Direct (RDMA) or a NIC that was not captured; compare the NICs' "      \
             "and RDMA counters",                                                                  \
             "op TCP-poort {1} is over een migratie gepraat, maar er is geen geheugen gezien: "    \
             "het kan via SMB Direct (RDMA) zijn gegaan of via een netwerkadapter die niet is "    \
             "opgenomen; vergelijk de tellers van de netwerkadapters en van RDMA")                 \
    SENTENCE("reason",                                                                             \
             "%s of encrypted traffic (ESP) may have been a migration: exempt the migration "      \
             "network from IPsec for the test",                                                    \
             "{1} versleuteld verkeer (ESP) kan een migratie zijn geweest: zonder het "            \
             "migratienetwerk voor de test uit van IPsec")                                         \
    SENTENCE("reason",                                                                             \
             "no traffic on TCP port %u and no bulk write over SMB was seen: was the capture "     \
             "running on the right NICs while the VM moved?",                                      \
             "er is geen verkeer op TCP-poort {1} en geen grote schrijfactie via SMB gezien: "     \
             "liep de opname op de juiste netwerkadapters terwijl de VM werd verplaatst?")         \
    SENTENCE("reason",                                                                             \
             "the memory went over %s, but it is not known where it should go: say it with "       \
             "--expect NAME or --expect PREFIX",                                                   \
             "het geheugen ging via {&1}, maar het is niet bekend waarlangs het hoort te gaan: "   \
             "geef dat op met --expect NAAM of --expect PREFIX")                                   \
    SENTENCE("reason",                                                                             \
             "the networks are guesses (the /24 or /64 around each address): name them with -n "   \
             "NAME=PREFIX, or give a snapshot with -t",                                            \
             "de netwerken zijn afgeleid (de /24 of /64 rond elk adres): geef ze een naam met "    \
             "-n NAAM=PREFIX, of geef een snapshot met -t")                                        \
    SENTENCE("reason",                                                                             \
             "%s of the memory went over %s, which may be part of the intended network (%s): "     \
             "name it with -n NAME=PREFIX, or give a snapshot with -t",                            \
             "{1} van het geheugen ging via {&2}, dat deel van het bedoelde netwerk ({&3}) kan "   \
             "zijn: geef het een naam met -n NAAM=PREFIX, of geef een snapshot met -t")            \
    SENTENCE("reason", "%s of the memory went over the intended network (%s)",                     \
             "{1} van het geheugen ging via het bedoelde netwerk ({&2})")                          \
    SENTENCE("reason", "%s of it (%s) went over %s", "{1} ervan ({2}) ging via {3}")               \
    SENTENCE("reason",                                                                             \
             "%s of it went between addresses of different networks or outside every network",     \
             "{1} ervan ging tussen adressen van verschillende netwerken of buiten elk netwerk "   \
             "om")                                                                                 \
    SENTENCE("reason",                                                                             \
             "only %s of a VM with %s of memory was seen: the rest may have gone over SMB "        \
             "Direct (RDMA) or a NIC that was not captured",                                       \
             "er is slechts {1} gezien van een VM met {2} geheugen: de rest kan via SMB Direct "   \
             "(RDMA) zijn gegaan of via een netwerkadapter die niet is opgenomen")                 \
    SENTENCE("reason", "intended: %s", "bedoeld: {=1}")                                            \
    SENTENCE("reason",                                                                             \
             "but the %s of %s (%s) rose by %s that the capture can't explain, as much as the "    \
             "memory seen or more",                                                                \
             "maar de {~1} van {2} ({~3}) liepen op met {4} die de opname niet kan verklaren, "    \
             "zo veel als het geziene geheugen of meer")                                           \
    SENTENCE("reason", "the %s of %s (%s) rose by %s that the capture can't explain",              \
             "de {~1} van {2} ({~3}) liepen op met {4} die de opname niet kan verklaren")          \
    SENTENCE("reason",                                                                             \
             "the counters agree: %s rose by %s meanwhile, of which the capture explains %s",      \
             "de tellers stemmen overeen: {1} liep intussen op met {2}, waarvan de opname {3} "    \
             "verklaart")                                                                          \
    SENTENCE("reason",                                                                             \
             "the counters agree: %s rose by %s meanwhile, of which the capture explains %s, "     \
             "and no other NIC by more than %s",                                                   \
             "de tellers stemmen overeen: {1} liep intussen op met {2}, waarvan de opname {3} "    \
             "verklaart, en geen andere netwerkadapter met meer dan {4}")                          \
    SENTENCE("reason", "given with --expect", "opgegeven met --expect")                            \
    SENTENCE("reason",                                                                             \
             "%s lead the cluster's migration order, and every host list gives them one "          \
             "priority",                                                                           \
             "{&1} staan bovenaan in de migratievolgorde van het cluster, en elke hostlijst "      \
             "geeft ze dezelfde prioriteit")                                                       \
    SENTENCE("reason", "%s is first in the cluster's migration order",                             \
             "{&1} staat als eerste in de migratievolgorde van het cluster")                       \
    SENTENCE("reason", "%s is the only network that the cluster does not exclude from migration",  \
             "{1} is het enige netwerk dat het cluster niet van migratie uitsluit")                \
    SENTENCE("reason",                                                                             \
             "%s is the only network with a role that the cluster does not exclude from "          \
             "migration",                                                                          \
             "{1} is het enige netwerk met een rol dat het cluster niet van migratie uitsluit")    \
    SENTENCE("reason", "%s: first in the migration network list of %s",                            \
             "{&1}: als eerste in de migratienetwerklijst van {~2}")                               \
    SENTENCE("reason", "neither --expect nor a snapshot says where migration should go",           \
             "noch --expect, noch een snapshot zegt waarlangs de migratie hoort te gaan")          \
    SENTENCE("reason",                                                                             \
             "the snapshot names none: the cluster's migration order lists no usable network, "    \
             "its exclude list does not leave exactly one, and the host lists are empty or "       \
             "differ",                                                                             \
             "de snapshot noemt er geen: de migratievolgorde van het cluster bevat geen "          \
             "bruikbaar netwerk, de uitsluitlijst laat er niet precies één over, en de "         \
             "hostlijsten zijn leeg of verschillen")                                               \
    /* phrases within other sentences */                                                           \
    SENTENCE("phrase", "the migration port", "de migratiepoort")                                   \
    SENTENCE("phrase", "SMB Direct", "SMB Direct")                                                 \
    SENTENCE("phrase", "RDMA counters", "RDMA-tellers")                                            \
    SENTENCE("phrase", "counters", "tellers")                                                      \
    SENTENCE("phrase", "the one host that has one", "de enige host die er een heeft")              \
    SENTENCE("phrase", "every host that has one", "elke host die er een heeft")                    \
    SENTENCE("phrase", "two different networks", "twee verschillende netwerken")                   \
    SENTENCE("phrase", "addresses outside every network", "adressen buiten elk netwerk")           \
    SENTENCE("phrase", "outside every network", "buiten elk netwerk")                              \
    SENTENCE("phrase", "between networks", "tussen netwerken")                                     \
    SENTENCE("phrase", "network not known", "netwerk niet bekend")                                 \
    SENTENCE("phrase", "an interface", "een interface")                                            \
    SENTENCE("phrase", "some time", "enig moment")                                                 \
    SENTENCE("phrase", "no sample was written", "er is geen meting geschreven")                    \
    SENTENCE("phrase", "both ends are", "beide kanten liggen")                                     \
    SENTENCE("phrase", "the source is", "de bron ligt")                                            \
    SENTENCE("phrase", "the destination is", "de bestemming ligt")                                 \
    SENTENCE("phrase", "%s to %s", "{1} naar {2}")                                                 \
    SENTENCE("phrase", "%s to %s over %s, %s", "{1} naar {2} via {&3}, {=4}")                      \
    SENTENCE("phrase", "%zu times, median %s (%s to %s)", "{1} keer, mediaan {2} ({3} tot {4})")   \
    SENTENCE("phrase", "%s in no network given (%s)", "{~1} in geen opgegeven netwerk ({~2})")     \
    SENTENCE("phrase", "the source is in %s, the destination in %s",                               \
             "de bron ligt in {~1}, de bestemming in {~2}")                                        \
    SENTENCE("phrase", "seen on %s, an adapter of %s, not of %s",                                  \
             "gezien op {~1}, een adapter van {2}, niet van {~3}")                                 \
    /* details of findings */                                                                      \
    SENTENCE("LM101 LM102", "%s: %s of %s went over %s", "{=1}: {2} van {3} ging via {~4}")        \
    SENTENCE("LM103 LM104 LM105", "connection %u, %s to %s: %s",                                   \
             "verbinding {1}, {2} naar {3}: {=4}")                                                 \
    SENTENCE("LM106", "TCP port %u carried %s, and no bulk was seen with it",                      \
             "TCP-poort {1} vervoerde {2}, en er is geen bulkverkeer bij gezien")                  \
    SENTENCE("LM107", "%s seen of a VM with %s", "{1} gezien van een VM met {2}")                  \
    SENTENCE("LM108 LM109", "%s; %s", "{=1}; {=2}")                                                \
    SENTENCE("LM201",                                                                              \
             "the RDMA counters of %s (%s) rose by %s, which no capture on the host can see",      \
             "de RDMA-tellers van {1} ({~2}) liepen op met {3}, wat geen opname op de host kan "   \
             "zien")                                                                               \
    SENTENCE("LM202",                                                                              \
             "the counters of %s (%s) rose by %s beyond the background, and %s of it was not "     \
             "captured",                                                                           \
             "de tellers van {1} ({~2}) liepen op met {3} boven de achtergrond, en {4} daarvan "   \
             "is niet opgenomen")                                                                  \
    SENTENCE("LM202",                                                                              \
             "the counters of %s (%s) rose by %s beyond the background, and %s of it can't be "    \
             "explained: this NIC was not captured",                                               \
             "de tellers van {1} ({~2}) liepen op met {3} boven de achtergrond, en {4} daarvan "   \
             "is niet te verklaren: deze netwerkadapter is niet opgenomen")                        \
    SENTENCE("LM203", "%s: %s", "{1}: {=2}")                                                       \
    SENTENCE("LM204", "from %s on: %s", "vanaf {~1}: {=2}")                                        \
    SENTENCE("LM205", "'%s': the last sample is of %s", "'{1}': de laatste meting is van {2}")     \
    SENTENCE("LM205", "'%s': it has no samples", "'{1}': er zijn geen metingen")                   \
    SENTENCE("LM207",                                                                              \
             "'%s' began less than a second before the memory moved, so other traffic counts "     \
             "as part of it",                                                                      \
             "'{1}' begon minder dan een seconde voordat het geheugen werd verplaatst, dus "       \
             "telt ander verkeer mee")                                                             \
    SENTENCE("LM208", "'%s' could not be started: %s", "'{1}' kon niet worden gestart: {=2}")      \
    SENTENCE("LM208", "'%s' was ended by signal %lld", "'{1}' is beëindigd door signaal {2}")      \
    SENTENCE("LM208", "'%s' ended with status %lld", "'{1}' eindigde met status {2}")              \
    SENTENCE("LM209", "Hyper-V counted %s sent over %s, and the capture shows %s",                 \
             "Hyper-V telde {1} verzonden via {2}, en de opname toont {3}")                        \
    SENTENCE("LM210", "'%s': %s", "'{1}': {=2}")                                                   \
    SENTENCE("LM211", "%s of memory became %s", "{1} geheugen werd {2}")                           \
    SENTENCE("LM301", "%s of %s packets were dropped while capturing",                             \
             "{1} van {2} pakketten zijn tijdens de opname gemist")                                \
    SENTENCE("LM301",                                                                              \
             "%s of %s packets were dropped while capturing; %s of the transfers are known by "    \
             "sequence numbers alone",                                                             \
             "{1} van {2} pakketten zijn tijdens de opname gemist; {3} van de overdrachten is "    \
             "alleen uit volgnummers bekend")                                                      \
    SENTENCE("LM301",                                                                              \
             "%s of the transfers passed and were not captured; they are known by sequence "       \
             "numbers alone",                                                                      \
             "{1} van de overdrachten kwam langs en is niet opgenomen; die bytes zijn alleen "     \
             "uit volgnummers bekend")                                                             \
    SENTENCE("LM302", "%s packets (%s) were seen again at the same vantage point",                 \
             "{1} pakketten ({2}) zijn op hetzelfde meetpunt nogmaals gezien")                     \
    SENTENCE("LM303", "'%s': at byte %llu: %s", "'{1}': bij byte {2}: {=3}")                       \
    SENTENCE("LM304",                                                                              \
             "%s packet is older than the one before; the largest step back is %.3f s, on %s",     \
             "{1} pakket is ouder dan het vorige; de grootste stap terug is {2} s, op {3}")        \
    SENTENCE("LM304",                                                                              \
             "%s packets are older than the one before; the largest step back is %.3f s, on %s",   \
             "{1} pakketten zijn ouder dan het vorige; de grootste stap terug is {2} s, op {3}")   \
    SENTENCE("LM305", "%s: all %s packets have link type %u, which is not known",                  \
             "{1}: alle {2} pakketten hebben linktype {3}, dat niet bekend is")                    \
    SENTENCE("LM306", "connection %u was seen from %u vantage points with different totals",       \
             "verbinding {1} is vanaf {2} meetpunten gezien, met verschillende totalen")           \
    SENTENCE("LM307", "%s of ESP was captured", "er is {1} aan ESP opgenomen")                     \
    SENTENCE("LM308", "%s packets were left out",                                                  \
             "{1} pakketten zijn buiten beschouwing gebleven")                                     \
    /* evidence of transfers */                                                                    \
    SENTENCE("LM309",                                                                              \
             "transfer %zu: of %zu of its %zu connections the beginning is not in the capture",    \
             "overdracht {1}: van {2} van de {3} verbindingen staat het begin niet in de opname")  \
    SENTENCE("evidence", "%s sent to TCP port %u over %zu connection",                             \
             "{1} verzonden naar TCP-poort {2} over {3} verbinding")                               \
    SENTENCE("evidence", "%s sent to TCP port %u over %zu connections",                            \
             "{1} verzonden naar TCP-poort {2} over {3} verbindingen")                             \
    SENTENCE("evidence", "both ends are in the networks given",                                    \
             "beide kanten liggen in de opgegeven netwerken")                                      \
    SENTENCE("evidence",                                                                           \
             "an end is in no network given, and others use this port too, so it may be "          \
             "something else",                                                                     \
             "één kant ligt in geen opgegeven netwerk, en ook andere programma's gebruiken "     \
             "deze poort, dus het kan iets anders zijn")                                           \
    SENTENCE("evidence",                                                                           \
             "%s written over %s in %zu connection while a conversation on TCP port %u (%s) "      \
             "ran from the same host to the same host",                                            \
             "{1} geschreven via {2} in {3} verbinding, terwijl er van dezelfde host naar "        \
             "dezelfde host een gesprek op TCP-poort {4} ({5}) liep")                              \
    SENTENCE("evidence",                                                                           \
             "%s written over %s in %zu connections while a conversation on TCP port %u (%s) "     \
             "ran from the same host to the same host",                                            \
             "{1} geschreven via {2} in {3} verbindingen, terwijl er van dezelfde host naar "      \
             "dezelfde host een gesprek op TCP-poort {4} ({5}) liep")                              \
    SENTENCE("evidence",                                                                           \
             "bulk written over %s with no conversation on TCP port %u beside it: a file copy, "   \
             "storage or cluster shared volume looks the same",                                    \
             "veel geschreven via {1} zonder gesprek op TCP-poort {2} ernaast: een "               \
             "bestandskopie, opslag of een Cluster Shared Volume ziet er hetzelfde uit")           \
    /* what is wrong with an input */                                                              \
    SENTENCE("damage", "the file ends inside a record (%zu of %llu bytes)",                        \
             "het bestand eindigt binnen een record ({1} van {2} bytes)")                          \
    SENTENCE("damage", "a packet of %u bytes, more than any capture holds",                        \
             "een pakket van {1} bytes, meer dan enige opname bevat")                              \
    SENTENCE("damage", "an option runs past the end of its block",                                 \
             "een optie loopt voorbij het einde van haar blok")                                    \
    SENTENCE("damage", "a section without byte-order magic",                                       \
             "een sectie zonder teken voor de bytevolgorde")                                       \
    SENTENCE("damage", "a block whose two lengths differ (%u and %u)",                             \
             "een blok waarvan de twee lengtes verschillen ({1} en {2})")                          \
    SENTENCE("damage", "the file ends inside a block of %u bytes",                                 \
             "het bestand eindigt binnen een blok van {1} bytes")                                  \
    SENTENCE("damage", "a block of the impossible length %u",                                      \
             "een blok met de onmogelijke lengte {1}")                                             \
    SENTENCE("damage", "a section header that is too short", "een sectiekop die te kort is")       \
    SENTENCE("damage", "a section of the unknown version %u",                                      \
             "een sectie van de onbekende versie {1}")                                             \
    SENTENCE("damage", "a packet block of only %u bytes", "een pakketblok van slechts {1} bytes")  \
    SENTENCE("damage", "a packet of %u bytes in a block of %u",                                    \
             "een pakket van {1} bytes in een blok van {2}")                                       \
    SENTENCE("damage", "a packet of interface %u, where the section has %u",                       \
             "een pakket van interface {1}, terwijl de sectie er {2} heeft")                       \
    SENTENCE("damage", "a packet in a section with no interface",                                  \
             "een pakket in een sectie zonder interface")                                          \
    SENTENCE("damage", "a block of %u bytes, over the limit of %d",                                \
             "een blok van {1} bytes, boven de grens van {2}")                                     \
    SENTENCE("damage", "an interface block that is too short", "een interfaceblok dat te kort is") \
    SENTENCE("damage", "more interfaces than the limit allows",                                    \
             "meer interfaces dan de grens toelaat")                                               \
    SENTENCE("damage", "a statistics block that is too short",                                     \
             "een statistiekblok dat te kort is")                                                  \
    SENTENCE("damage", "%s data is corrupt (%s)", "{1}-gegevens zijn beschadigd ({2})")            \
    SENTENCE("damage", "%s data ends early", "{1}-gegevens houden te vroeg op")                    \
    /* causes: details of a check, and notes */                                                    \
    SENTENCE("LM401", "the order names no network that exists",                                    \
             "de volgorde noemt geen netwerk dat bestaat")                                         \
    SENTENCE("LM402", "%s names '%s', and no cluster network has that id",                         \
             "{1} noemt '{2}', en geen clusternetwerk heeft dat id")                               \
    SENTENCE("LM403", "%s stands in the migration order and in the exclude list",                  \
             "{1} staat in de migratievolgorde en in de uitsluitlijst")                            \
    SENTENCE("LM404", "%s is intended for migration and excluded from it",                         \
             "{1} is bedoeld voor migratie en ervan uitgesloten")                                  \
    SENTENCE("LM405", "%s comes first in the cluster's order and is not intended",                 \
             "{1} staat als eerste in de volgorde van het cluster en is niet bedoeld")             \
    SENTENCE("LM405", "%s comes before %s in the cluster's order and is not intended",             \
             "{1} staat vóór {2} in de volgorde van het cluster en is niet bedoeld")               \
    SENTENCE("LM410", "%s is intended for migration and has no role in the cluster",               \
             "{1} is bedoeld voor migratie en heeft geen rol in het cluster")                      \
    SENTENCE("LM412", "%s is intended for migration and not up",                                   \
             "{1} is bedoeld voor migratie en is niet actief")                                     \
    SENTENCE("LM413",                                                                              \
             "%s is intended for migration, and not every node reaches every other over it",       \
             "{1} is bedoeld voor migratie, en niet elke node bereikt elke andere erover")         \
    SENTENCE("LM414", "%s has no address in %s", "{1} heeft geen adres in {2}")                    \
    SENTENCE("LM415", "%s holds more than one subnet of a family",                                 \
             "{1} bevat meer dan één subnet van een familie")                                      \
    SENTENCE("LM416", "%s and %s of %s are both in %s", "{1} en {2} van {3} liggen beide in {4}")  \
    SENTENCE("LM420", "%s has no VMMigrationNetwork entry for %s; its only entry is %s",           \
             "{1} heeft geen VMMigrationNetwork-item voor {2}; het enige item is {3}")             \
    SENTENCE("LM420",                                                                              \
             "%s has no VMMigrationNetwork entry for %s; none of its %zu entries is in it",        \
             "{1} heeft geen VMMigrationNetwork-item voor {2}; geen van de {3} items ligt daarin") \
    SENTENCE("LM422", "%s lists %s, which is not intended",                                        \
             "{1} heeft {2} in de lijst, wat niet bedoeld is")                                     \
    SENTENCE("LM424", "%s tries %s before %s", "{1} probeert {~2} vóór {~3}")                      \
    SENTENCE("LM430", "%s may use any network for migration",                                      \
             "{1} mag elk netwerk voor migratie gebruiken")                                        \
    SENTENCE("LM440", "%s of %s (%s) runs at %s, %s at %s",                                        \
             "{1} van {2} ({3}) draait op {4}, {5} op {6}")                                        \
    SENTENCE("LM443", "in %s %s is %s at %s of %s, and %s at %s of %s",                            \
             "in {1} is {2} {~3} bij {4} van {5}, en {~6} bij {7} van {8}")                        \
    SENTENCE("LM444", "%s of %s has the metric %lld, %s (%s) the lower %lld",                      \
             "{1} van {2} heeft metric {3}, {4} ({5}) de lagere {6}")                              \
    SENTENCE("LM445", "the SMB %s is not bound to %s of %s",                                       \
             "de SMB-{1} is niet gebonden aan {2} van {3}")                                        \
    SENTENCE("cause",                                                                              \
             "SMB Multichannel takes every network whose adapters are as good as the best, and "   \
             "nothing keeps it from %s",                                                           \
             "SMB Multichannel neemt elk netwerk waarvan de adapters even goed zijn als de "       \
             "beste, en niets houdt het van {1} af")                                               \
    SENTENCE("cause", "the snapshot has nothing to predict a path from %s to %s by",               \
             "het snapshot bevat niets om een pad van {1} naar {2} mee te voorspellen")            \
    SENTENCE("cause", "%s fits no known rule: %s", "{=1} past bij geen bekende regel: {+2}")       \
    SENTENCE("cause", "%s fits %s", "{=1} past bij {+2}")                                          \
    SENTENCE("cause", "%s fits %s, not %s", "{=1} past bij {+2}, niet bij {+3}")                   \
    SENTENCE("cause",                                                                              \
             "the snapshot was taken %s before the migration: settings may have changed since",    \
             "het snapshot is {=1} vóór de migratie gemaakt: instellingen kunnen sindsdien "     \
             "zijn gewijzigd")                                                                     \
    SENTENCE("cause",                                                                              \
             "the snapshot was taken %s after the migration: settings may have been others "       \
             "then",                                                                               \
             "het snapshot is {=1} na de migratie gemaakt: instellingen kunnen toen anders "       \
             "zijn geweest")                                                                       \
    SENTENCE("cause",                                                                              \
             "no setting in the snapshot explains it: the intended network may have failed for "   \
             "a moment, or a setting has changed since",                                           \
             "geen instelling in het snapshot verklaart het: het bedoelde netwerk kan even "       \
             "zijn uitgevallen, of een instelling is sindsdien gewijzigd")                         \
    SENTENCE("phrase", "%lld days", "{1} dagen")                                                   \
    SENTENCE("phrase", "the path seen (%s)", "het geziene pad ({&1})")                             \
    SENTENCE("phrase", "the path from %s to %s (%s)", "het pad van {1} naar {2} ({&3})")           \
    SENTENCE("phrase", "the cluster's order", "de volgorde van het cluster")                       \
    SENTENCE("phrase", "%s's list", "de lijst van {1}")                                            \
    SENTENCE("phrase", "the networks' metrics", "de metrics van de netwerken")                     \
    SENTENCE("phrase", "SMB Multichannel", "SMB Multichannel")                                     \
    SENTENCE("phrase", "no network", "geen netwerk")                                               \
    SENTENCE("phrase", "on", "aan")                                                                \
    SENTENCE("phrase", "off", "uit") SENTENCE("phrase", "no known network", "geen bekend netwerk")

/* The names of evidence: KEY(as in JSON, Dutch). */
#define EVIDENCE_KEYS(KEY)                                                                         \
    KEY("path", "plaats")                                                                          \
    KEY("value", "waarde")                                                                         \
    KEY("bytes", "bytes")                                                                          \
    KEY("captured_bytes", "opgenomen bytes")                                                       \
    KEY("command", "opdracht")                                                                     \
    KEY("compressed_bytes", "gecomprimeerde bytes")                                                \
    KEY("connection", "verbinding")                                                                \
    KEY("connections", "verbindingen")                                                             \
    KEY("counted_bytes", "getelde bytes")                                                          \
    KEY("destination_address", "doeladres")                                                        \
    KEY("dropped_packets", "gemiste pakketten")                                                    \
    KEY("duplicate_packets", "dubbele pakketten")                                                  \
    KEY("input", "invoer")                                                                         \
    KEY("interface", "interface")                                                                  \
    KEY("link_type", "linktype")                                                                   \
    KEY("median_s_back", "mediaan terug (s)")                                                      \
    KEY("median_s_there", "mediaan heen (s)")                                                      \
    KEY("memory_bytes", "bytes geheugen")                                                          \
    KEY("min_share", "vereist aandeel")                                                            \
    KEY("missing_bytes", "ontbrekende bytes")                                                      \
    KEY("network", "netwerk")                                                                      \
    KEY("offset", "positie")                                                                       \
    KEY("others", "andere")                                                                        \
    KEY("packets", "pakketten")                                                                    \
    KEY("packets_before", "pakketten ervoor")                                                      \
    KEY("rdma_bytes", "RDMA-bytes")                                                                \
    KEY("session", "sessie")                                                                       \
    KEY("smb_bytes", "SMB-bytes")                                                                  \
    KEY("source_address", "bronadres")                                                             \
    KEY("steps", "stappen")                                                                        \
    KEY("tcp_bytes", "TCP-bytes")                                                                  \
    KEY("transfer", "overdracht")                                                                  \
    KEY("transfers", "overdrachten")                                                               \
    KEY("transfers_back", "overdrachten terug")                                                    \
    KEY("transfers_there", "overdrachten heen")                                                    \
    KEY("unstored_packets", "niet bewaarde pakketten")                                             \
    KEY("vm_memory_bytes", "bytes geheugen van de VM")                                             \
    KEY("wire_bytes", "bytes op de lijn")                                                          \
    KEY("worst_ns", "grootste stap (ns)")
