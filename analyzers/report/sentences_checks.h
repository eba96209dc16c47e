/*
 * What the catalogue of findings on the configuration says, in Dutch: as sentences_catalogue.h, of
 * analyzers/findings_check.c.
 */
#define SENTENCES_OF_CHECKS(SENTENCE)                                                              \
    SENTENCE("LM401", "the cluster has no order of migration networks",                            \
             "het cluster heeft geen volgorde van migratienetwerken")                              \
    SENTENCE("LM401",                                                                              \
             "Windows then sorts the networks by their metrics, which change with adapters and "   \
             "drivers: the path is left to chance.",                                               \
             "Windows sorteert de netwerken dan op hun metric, die met adapters en drivers "       \
             "verandert: het pad hangt van toeval af.")                                            \
    SENTENCE("LM401",                                                                              \
             "Put the intended network first in the cluster's live migration settings, and "       \
             "exclude the others.",                                                                \
             "Zet het bedoelde netwerk bovenaan in de instellingen voor livemigratie van het "     \
             "cluster, en sluit de andere uit.")                                                   \
    SENTENCE("LM402", "the cluster's migration settings name a network that does not exist",       \
             "de migratie-instellingen van het cluster noemen een netwerk dat niet bestaat")       \
    SENTENCE("LM402",                                                                              \
             "The id belongs to a network that was removed or made anew. The new one has "         \
             "another id, so it is neither ordered nor excluded.",                                 \
             "Het id hoort bij een netwerk dat is verwijderd of opnieuw is aangemaakt. Het "       \
             "nieuwe heeft een ander id, dus het staat niet in de volgorde en is niet "            \
             "uitgesloten.")                                                                       \
    SENTENCE("LM402", "Write the order and the exclude list again, with the ids of today.",        \
             "Schrijf de volgorde en de uitsluitlijst opnieuw, met de id's van nu.")               \
    SENTENCE("LM403", "a network is both ordered and excluded",                                    \
             "een netwerk staat in de volgorde en is ook uitgesloten")                             \
    SENTENCE("LM403", "The two lists contradict each other; which one wins is not documented.",    \
             "De twee lijsten spreken elkaar tegen; welke wint, is niet gedocumenteerd.")          \
    SENTENCE("LM403", "Take the network out of one of the two lists.",                             \
             "Haal het netwerk uit een van de twee lijsten.")                                      \
    SENTENCE("LM404", "the intended network is excluded from migration",                           \
             "het bedoelde netwerk is van migratie uitgesloten")                                   \
    SENTENCE("LM404",                                                                              \
             "The cluster takes another network, without a word, as long as one is left.",         \
             "Het cluster neemt zonder iets te zeggen een ander netwerk, zolang er een over "      \
             "is.")                                                                                \
    SENTENCE("LM404", "Take the network's id out of MigrationExcludeNetworks.",                    \
             "Haal het id van het netwerk uit MigrationExcludeNetworks.")                          \
    SENTENCE("LM405", "the intended network is not first in the cluster's order",                  \
             "het bedoelde netwerk staat niet als eerste in de volgorde van het cluster")          \
    SENTENCE("LM405",                                                                              \
             "The cluster tries the networks in this order and takes the first that connects.",    \
             "Het cluster probeert de netwerken in deze volgorde en neemt het eerste dat "         \
             "verbinding maakt.")                                                                  \
    SENTENCE("LM405", "Put the intended network's id first in MigrationNetworkOrder.",             \
             "Zet het id van het bedoelde netwerk als eerste in MigrationNetworkOrder.")           \
    SENTENCE("LM406", "the management network is not excluded from migration",                     \
             "het beheernetwerk is niet van migratie uitgesloten")                                 \
    SENTENCE("LM406",                                                                              \
             "When the intended network fails for a moment, migrations move on to management "     \
             "without a word, and SMB Multichannel may use both.",                                 \
             "Als het bedoelde netwerk even uitvalt, gaan migraties zonder iets te zeggen over "   \
             "op het beheernetwerk, en SMB Multichannel kan beide gebruiken.")                     \
    SENTENCE("LM406", "Exclude it, unless a slow migration is better than none.",                  \
             "Sluit het uit, tenzij een langzame migratie beter is dan geen.")                     \
    SENTENCE("LM407", "a network that is not intended may carry migrations",                       \
             "een netwerk dat niet bedoeld is, mag migraties vervoeren")                           \
    SENTENCE("LM407",                                                                              \
             "It is not excluded, so migrations move on to it when the intended network fails; "   \
             "if it bears heartbeats, they starve then.",                                          \
             "Het is niet uitgesloten, dus gaan migraties erop over als het bedoelde netwerk "     \
             "uitvalt; vervoert het heartbeats, dan komen die tekort.")                            \
    SENTENCE("LM407", "Exclude it, or keep it as a deliberate second choice.",                     \
             "Sluit het uit, of houd het als bewuste tweede keus.")                                \
    SENTENCE("LM408", "the cluster's order holds a network without a role",                        \
             "de volgorde van het cluster bevat een netwerk zonder rol")                           \
    SENTENCE("LM408",                                                                              \
             "Networks without a role are mostly storage (iSCSI): a migration there takes "        \
             "bandwidth from the disks. So it does on one that bears iSCSI in its name.",          \
             "Netwerken zonder rol zijn meestal voor opslag (iSCSI): een migratie daar neemt "     \
             "bandbreedte van de schijven af. Dat geldt ook voor een netwerk met iSCSI in de "     \
             "naam.")                                                                              \
    SENTENCE("LM408", "Take the network out of MigrationNetworkOrder and exclude it.",             \
             "Haal het netwerk uit MigrationNetworkOrder en sluit het uit.")                       \
    SENTENCE("LM410", "the intended network has the role None",                                    \
             "het bedoelde netwerk heeft de rol None")                                             \
    SENTENCE("LM410",                                                                              \
             "The cluster does not watch it: a failure there is noticed when a migration "         \
             "hangs. Sources disagree on whether Windows uses it for migration at all.",           \
             "Het cluster bewaakt het niet: een storing daar valt pas op als een migratie "        \
             "blijft hangen. Bronnen zijn het er niet over eens of Windows het voor migratie "     \
             "gebruikt.")                                                                          \
    SENTENCE("LM410", "Give it the role Cluster (1), if it is not a storage network.",             \
             "Geef het de rol Cluster (1), als het geen opslagnetwerk is.")                        \
    SENTENCE("LM411", "the intended network is open to clients",                                   \
             "het bedoelde netwerk staat open voor clients")                                       \
    SENTENCE("LM411", "Clients and cluster addresses may use it, and share it with the memory.",   \
             "Clients en clusteradressen mogen het gebruiken, en delen het met het geheugen.")     \
    SENTENCE("LM411",                                                                              \
             "Give it the role Cluster (1), unless there is no other network for clients.",        \
             "Geef het de rol Cluster (1), tenzij er geen ander netwerk voor clients is.")         \
    SENTENCE("LM412", "the intended network is down", "het bedoelde netwerk is niet actief")       \
    SENTENCE("LM412", "No migration can use it; migrations take another network or fail.",         \
             "Geen migratie kan het gebruiken; migraties nemen een ander netwerk of mislukken.")   \
    SENTENCE("LM412", "Look at cables, switch ports, teams and adapters of this network.",         \
             "Kijk naar kabels, switchpoorten, teams en adapters van dit netwerk.")                \
    SENTENCE("LM413", "the intended network is partitioned",                                       \
             "het bedoelde netwerk is gepartitioneerd")                                            \
    SENTENCE("LM413",                                                                              \
             "Some nodes don't reach each other over it; between those, migrations take "          \
             "another network.",                                                                   \
             "Sommige nodes bereiken elkaar er niet over; daartussen nemen migraties een ander "   \
             "netwerk.")                                                                           \
    SENTENCE("LM413", "Look at the adapter, VLAN and switch port of the nodes that are cut off.",  \
             "Kijk naar de adapter, het VLAN en de switchpoort van de nodes die afgesneden "       \
             "zijn.")                                                                              \
    SENTENCE("LM414", "a host has no address in the intended network",                             \
             "een host heeft geen adres in het bedoelde netwerk")                                  \
    SENTENCE("LM414", "Migrations to and from this host can't use it.",                            \
             "Migraties van en naar deze host kunnen het niet gebruiken.")                         \
    SENTENCE("LM414", "Give the host an adapter and address in that network.",                     \
             "Geef de host een adapter en een adres in dat netwerk.")                              \
    SENTENCE("LM415", "one cluster network holds several subnets",                                 \
             "één clusternetwerk bevat meerdere subnetten")                                        \
    SENTENCE("LM415",                                                                              \
             "The cluster makes a network of an adapter and all its addresses: different "         \
             "purposes can't be told apart, and ordering or excluding one means all.",             \
             "Het cluster maakt één netwerk van een adapter en al zijn adressen: verschillende " \
             "doelen zijn niet te onderscheiden, en er één ordenen of uitsluiten betekent "      \
             "alle.")                                                                              \
    SENTENCE("LM415", "Give each purpose an adapter (or a vNIC) and a subnet of its own.",         \
             "Geef elk doel een eigen adapter (of vNIC) en een eigen subnet.")                     \
    SENTENCE("LM416", "two adapters of a host are in one subnet",                                  \
             "twee adapters van een host liggen in één subnet")                                    \
    SENTENCE("LM416",                                                                              \
             "The cluster uses one of them, and routing may take the other: the address "          \
             "doesn't tell which wire carries the memory.",                                        \
             "Het cluster gebruikt de ene, en de routering kan de andere nemen: het adres zegt "   \
             "niet welke kabel het geheugen vervoert.")                                            \
    SENTENCE("LM416", "Team the adapters, or give each a subnet of its own.",                      \
             "Maak een team van de adapters, of geef elk een eigen subnet.")                       \
    SENTENCE("LM417", "more migrations at once than the link carries",                             \
             "meer migraties tegelijk dan de verbinding aankan")                                   \
    SENTENCE("LM417",                                                                              \
             "Each gets a part of the link, each takes longer, and pages change faster than "      \
             "they are sent.",                                                                     \
             "Elk krijgt een deel van de verbinding, elk duurt langer, en pagina's veranderen "    \
             "sneller dan ze worden verzonden.")                                                   \
    SENTENCE("LM417", "Allow fewer migrations at once.", "Sta minder migraties tegelijk toe.")     \
    SENTENCE("LM418",                                                                              \
             "heartbeats share the migration network or its adapters, and tolerate little",        \
             "heartbeats delen het migratienetwerk of de adapters ervan, en verdragen weinig")     \
    SENTENCE("LM418",                                                                              \
             "A migration that fills the link delays heartbeats: a node may be taken for dead "    \
             "and its VMs restarted elsewhere.",                                                   \
             "Een migratie die de verbinding vult, vertraagt heartbeats: een node kan voor "       \
             "dood worden gehouden en zijn VM's worden elders herstart.")                          \
    SENTENCE("LM418", "Give the cluster a second network for heartbeats, or tolerate more.",       \
             "Geef het cluster een tweede netwerk voor heartbeats, of verdraag meer.")             \
    SENTENCE("LM420", "a host's list lacks the intended network",                                  \
             "de lijst van een host mist het bedoelde netwerk")                                    \
    SENTENCE("LM420",                                                                              \
             "Where the host's list decides, the memory can't go there, whatever the cluster "     \
             "says.",                                                                              \
             "Waar de lijst van de host beslist, kan het geheugen daar niet langs, wat het "       \
             "cluster ook zegt.")                                                                  \
    SENTENCE("LM420", "Add the intended subnet to the host's list.",                               \
             "Voeg het bedoelde subnet toe aan de lijst van de host.")                             \
    SENTENCE("LM421", "a host's list of migration networks is empty",                              \
             "de lijst met migratienetwerken van een host is leeg")                                \
    SENTENCE("LM421",                                                                              \
             "On a cluster's node this is usual, as the cluster hands its own networks to "        \
             "Hyper-V unseen; but nothing then holds if the cluster's settings are lost.",         \
             "Op een node van een cluster is dat gebruikelijk, omdat het cluster zijn eigen "      \
             "netwerken ongezien aan Hyper-V doorgeeft; maar er geldt dan niets meer als de "      \
             "instellingen van het cluster verloren gaan.")                                        \
    SENTENCE("LM421", "Add the intended subnet, so that the two layers say the same.",             \
             "Voeg het bedoelde subnet toe, zodat beide lagen hetzelfde zeggen.")                  \
    SENTENCE("LM422", "a host's list has a network that is not intended",                          \
             "de lijst van een host heeft een netwerk dat niet bedoeld is")                        \
    SENTENCE("LM422", "The host may migrate over it.", "De host kan erover migreren.")             \
    SENTENCE("LM422", "Remove the entry.", "Verwijder het item.")                                  \
    SENTENCE("LM423", "hosts give the intended network different priorities",                      \
             "hosts geven het bedoelde netwerk verschillende prioriteiten")                        \
    SENTENCE("LM423", "The way there and the way back may differ.",                                \
             "De heenweg en de terugweg kunnen verschillen.")                                      \
    SENTENCE("LM423", "Give it the same priority everywhere.",                                     \
             "Geef het overal dezelfde prioriteit.")                                               \
    SENTENCE("LM424", "a host's list puts another network before the intended one",                \
             "de lijst van een host zet een ander netwerk vóór het bedoelde")                      \
    SENTENCE("LM424",                                                                              \
             "The lowest priority is tried first, and the host's intended network is not that.",   \
             "De laagste prioriteit wordt als eerste geprobeerd, en dat is niet het bedoelde "     \
             "netwerk van de host.")                                                               \
    SENTENCE("LM424", "Give the intended subnet the lowest number.",                               \
             "Geef het bedoelde subnet het laagste nummer.")                                       \
    SENTENCE("LM425", "a host's list has a network without a role",                                \
             "de lijst van een host bevat een netwerk zonder rol")                                 \
    SENTENCE("LM425",                                                                              \
             "Networks without a role are mostly storage (iSCSI): a migration there takes "        \
             "bandwidth from the disks.",                                                          \
             "Netwerken zonder rol zijn meestal voor opslag (iSCSI): een migratie daar neemt "     \
             "bandbreedte van de schijven af.")                                                    \
    SENTENCE("LM425", "Remove the entry.", "Verwijder het item.")                                  \
    SENTENCE("LM430", "a host may use any network for migration",                                  \
             "een host mag elk netwerk voor migratie gebruiken")                                   \
    SENTENCE("LM430", "Its list then means nothing.", "De lijst betekent dan niets.")              \
    SENTENCE("LM430", "Turn it off, and list the intended subnets.",                               \
             "Zet dit uit, en neem de bedoelde subnetten in de lijst op.")                         \
    SENTENCE("LM431", "live migration is disabled on a host",                                      \
             "livemigratie is op een host uitgeschakeld")                                          \
    SENTENCE("LM431", "Without a cluster nothing migrates to or from it.",                         \
             "Zonder cluster migreert er niets van of naar deze host.")                            \
    SENTENCE("LM431", "Turn it on.", "Schakel het in.")                                            \
    SENTENCE("LM432", "hosts differ in the migration performance option",                          \
             "hosts verschillen in de prestatieoptie voor migratie")                               \
    SENTENCE("LM432",                                                                              \
             "The way there and the way back then use different transports, which choose their "   \
             "path by different rules.",                                                           \
             "De heenweg en de terugweg gebruiken dan verschillende transporten, die hun pad "     \
             "volgens verschillende regels kiezen.")                                               \
    SENTENCE("LM432", "Set the same option on all hosts.",                                         \
             "Stel op alle hosts dezelfde optie in.")                                              \
    SENTENCE("LM433", "hosts differ in the migration authentication",                              \
             "hosts verschillen in de authenticatie voor migratie")                                \
    SENTENCE("LM433", "Migrations may work in one direction only.",                                \
             "Migraties werken dan misschien maar in één richting.")                               \
    SENTENCE("LM433", "Set the same type on all hosts.", "Stel op alle hosts hetzelfde type in.")  \
    SENTENCE("LM434", "hosts differ in the number of simultaneous migrations",                     \
             "hosts verschillen in het aantal gelijktijdige migraties")                            \
    SENTENCE("LM434", "The smaller number of source and destination holds.",                       \
             "Het kleinste aantal van bron en bestemming geldt.")                                  \
    SENTENCE("LM434", "Set the same number on all hosts.",                                         \
             "Stel op alle hosts hetzelfde aantal in.")                                            \
    SENTENCE("LM435", "CredSSP is chosen where Credential Guard runs",                             \
             "CredSSP is gekozen waar Credential Guard draait")                                    \
    SENTENCE("LM435",                                                                              \
             "Credential Guard keeps CredSSP from delegating, so migrations that need it fail. "   \
             "Windows Server 2025 turns it on by itself.",                                         \
             "Credential Guard belet CredSSP te delegeren, dus mislukken migraties die dat "       \
             "nodig hebben. Windows Server 2025 zet het vanzelf aan.")                             \
    SENTENCE("LM435",                                                                              \
             "Use Kerberos, with constrained delegation between hosts that share no cluster.",     \
             "Gebruik Kerberos, met beperkte delegatie tussen hosts die geen cluster delen.")      \
    SENTENCE("LM436", "Kerberos is chosen without the delegation that it needs",                   \
             "Kerberos is gekozen zonder de delegatie die het nodig heeft")                        \
    SENTENCE("LM436",                                                                              \
             "Hosts that share no cluster migrate in the name of the user who asks. Without "      \
             "both entries, cifs and Microsoft Virtual System Migration Service, the "             \
             "destination refuses, unless the user is signed in on the source.",                   \
             "Hosts die geen cluster delen, migreren namens de gebruiker die het vraagt. "         \
             "Zonder beide vermeldingen, cifs en Microsoft Virtual System Migration Service, "     \
             "weigert de bestemming, tenzij de gebruiker op de bron is aangemeld.")                \
    SENTENCE("LM436",                                                                              \
             "Add the entries to the source's computer account, for both ways on both "            \
             "accounts.",                                                                          \
             "Voeg de vermeldingen toe aan het computeraccount van de bron; voor beide "           \
             "richtingen op beide accounts.")                                                      \
    SENTENCE("LM440", "the intended network is slower than another one",                           \
             "het bedoelde netwerk is langzamer dan een ander")                                    \
    SENTENCE("LM440", "The memory takes the slow link while a faster one is idle.",                \
             "Het geheugen neemt de langzame verbinding terwijl een snellere niets doet.")         \
    SENTENCE("LM440",                                                                              \
             "Look whether the adapter came up at full speed; else intend the faster network.",    \
             "Kijk of de adapter op volle snelheid is opgekomen; bestem anders het snellere "      \
             "netwerk ervoor.")                                                                    \
    SENTENCE("LM441", "frame sizes differ between the ends",                                       \
             "framegroottes verschillen tussen de twee kanten")                                    \
    SENTENCE("LM441",                                                                              \
             "Frames that one end sends and the other or the switch drops make a migration "       \
             "hang or crawl, mostly intermittently.",                                              \
             "Frames die de ene kant verzendt en de andere of de switch weggooit, laten een "      \
             "migratie hangen of kruipen, meestal af en toe.")                                     \
    SENTENCE("LM441",                                                                              \
             "Set the same frame size on all adapters of the network, and on the switch.",         \
             "Stel op alle adapters van het netwerk, en op de switch, dezelfde framegrootte "      \
             "in.")                                                                                \
    SENTENCE("LM442", "VLANs differ between the ends", "VLAN's verschillen tussen de twee kanten") \
    SENTENCE("LM442", "The ends may not reach each other directly.",                               \
             "De twee kanten bereiken elkaar misschien niet rechtstreeks.")                        \
    SENTENCE("LM442", "Put the adapters of one network into one VLAN.",                            \
             "Zet de adapters van één netwerk in één VLAN.")                                       \
    SENTENCE("LM443", "RDMA differs between the ends", "RDMA verschilt tussen de twee kanten")     \
    SENTENCE("LM443", "SMB Direct needs it on both; else SMB falls back to TCP, without a word.",  \
             "SMB Direct heeft het aan beide kanten nodig; anders valt SMB zonder iets te "        \
             "zeggen terug op TCP.")                                                               \
    SENTENCE("LM443", "Enable RDMA on both ends, or on none.",                                     \
             "Zet RDMA aan beide kanten aan, of aan geen van beide.")                              \
    SENTENCE("LM444", "Windows prefers another adapter over the intended one",                     \
             "Windows verkiest een andere adapter boven de bedoelde")                              \
    SENTENCE("LM444",                                                                              \
             "A higher interface metric makes Windows prefer the other network wherever an "       \
             "address does not decide, such as resolving the other host's name.",                  \
             "Door een hogere interface-metric verkiest Windows het andere netwerk overal waar "   \
             "een adres niet beslist, zoals bij het opzoeken van de naam van de andere host.")     \
    SENTENCE("LM444", "Give the intended network's adapter the lower metric.",                     \
             "Geef de adapter van het bedoelde netwerk de lagere metric.")                         \
    SENTENCE("LM445", "SMB is unbound from an adapter that should carry it",                       \
             "SMB is losgekoppeld van een adapter die het hoort te vervoeren")                     \
    SENTENCE("LM445",                                                                              \
             "SMB can't carry memory there: neither migrations in SMB mode nor cluster shared "    \
             "volumes.",                                                                           \
             "SMB kan daar geen geheugen vervoeren: migraties in SMB-modus niet en Cluster "       \
             "Shared Volumes niet.")                                                               \
    SENTENCE("LM445", "Bind both to the adapter.", "Koppel beide aan de adapter.")                 \
    SENTENCE("LM446", "receive processing shares processors",                                      \
             "de ontvangstverwerking deelt processors")                                            \
    SENTENCE("LM446",                                                                              \
             "Adapters that use the same processors, or core 0 with the system's own work, "       \
             "slow each other down at high rates.",                                                \
             "Adapters die dezelfde processors gebruiken, of core 0 samen met het werk van het "   \
             "systeem zelf, vertragen elkaar bij hoge snelheden.")                                 \
    SENTENCE("LM446", "Give each adapter a range of its own that begins behind core 0.",           \
             "Geef elke adapter een eigen reeks die na core 0 begint.")                            \
    SENTENCE("LM450", "the intended network has RDMA, and migrations don't use it",                \
             "het bedoelde netwerk heeft RDMA, en migraties gebruiken het niet")                   \
    SENTENCE("LM450",                                                                              \
             "SMB with RDMA moves memory faster than Compression, and leaves the processors "      \
             "alone.",                                                                             \
             "SMB met RDMA verplaatst geheugen sneller dan Compression, en laat de processors "    \
             "met rust.")                                                                          \
    SENTENCE("LM450", "Set the performance option to SMB.", "Zet de prestatieoptie op SMB.")       \
    SENTENCE("LM451", "SMB is chosen, but the intended network has no RDMA",                       \
             "SMB is gekozen, maar het bedoelde netwerk heeft geen RDMA")                          \
    SENTENCE("LM451",                                                                              \
             "SMB without RDMA is not faster than TCP, slower than Compression, and its "          \
             "Multichannel may use adapters that are not intended.",                               \
             "SMB zonder RDMA is niet sneller dan TCP, langzamer dan Compression, en "             \
             "Multichannel kan adapters gebruiken die niet bedoeld zijn.")                         \
    SENTENCE("LM451", "Set the performance option to Compression, or enable RDMA.",                \
             "Zet de prestatieoptie op Compression, of schakel RDMA in.")                          \
    SENTENCE("LM452", "SMB encryption is on", "SMB-versleuteling staat aan")                       \
    SENTENCE("LM452",                                                                              \
             "It costs speed, and hides from a capture what SMB carries. Right where the "         \
             "network is not trusted.",                                                            \
             "Die kost snelheid, en verbergt voor een opname wat SMB vervoert. Terecht waar "      \
             "het netwerk niet te vertrouwen is.")                                                 \
    SENTENCE("LM452", "Decide whether the migration network needs it.",                            \
             "Beslis of het migratienetwerk die nodig heeft.")                                     \
    SENTENCE("LM453", "an SMB bandwidth limit holds migrations below the link",                    \
             "een SMB-bandbreedtelimiet houdt migraties onder de snelheid van de verbinding")      \
    SENTENCE("LM453", "Memory over SMB never goes faster than this.",                              \
             "Geheugen via SMB gaat nooit sneller dan dit.")                                       \
    SENTENCE("LM453", "Raise the limit, or remove it.", "Verhoog de limiet, of verwijder die.")    \
    SENTENCE("LM454", "the cluster limits the bandwidth of migrations over SMB",                   \
             "het cluster beperkt de bandbreedte van migraties via SMB")                           \
    SENTENCE("LM454",                                                                              \
             "The cluster sets a share of all adapters' bandwidth as the limit on its nodes, "     \
             "and sets it again when it is changed there.",                                        \
             "Het cluster stelt op zijn nodes een deel van de bandbreedte van alle adapters "      \
             "als limiet in, en stelt die opnieuw in als die daar wordt gewijzigd.")               \
    SENTENCE("LM454", "Nothing, if the rate is enough; else raise the factor.",                    \
             "Niets, als de snelheid voldoet; verhoog anders de factor.")                          \
    SENTENCE("LM455", "a QoS policy holds migrations below the link",                              \
             "een QoS-beleid houdt migraties onder de snelheid van de verbinding")                 \
    SENTENCE("LM455",                                                                              \
             "What is sent to the port is throttled to this rate. It has no effect with TCP "      \
             "Chimney offload.",                                                                   \
             "Wat naar de poort wordt verzonden, wordt tot deze snelheid afgeknepen. Met TCP "     \
             "Chimney-offload heeft het geen effect.")                                             \
    SENTENCE("LM455", "Raise the rate or remove the policy.",                                      \
             "Verhoog de snelheid of verwijder het beleid.")                                       \
    SENTENCE("LM456", "the firewall does not let migrations in",                                   \
             "de firewall laat migraties niet binnen")                                             \
    SENTENCE("LM456",                                                                              \
             "Connections to the port are refused, on the intended address or from the peers: "    \
             "migrations fail, or move on to a network where they are let in.",                    \
             "Verbindingen naar de poort worden geweigerd, op het bedoelde adres of vanaf de "     \
             "andere hosts: migraties mislukken, of gaan over op een netwerk waar ze wel "         \
             "worden toegelaten.")                                                                 \
    SENTENCE("LM456",                                                                              \
             "Enable the rules of the group Hyper-V (and File and Printer Sharing for SMB).",      \
             "Schakel de regels van de groep Hyper-V in (en voor SMB die van Bestands- en "        \
             "printerdeling).")                                                                    \
    SENTENCE("LM457", "IPsec holds for the intended network",                                      \
             "IPsec geldt voor het bedoelde netwerk")                                              \
    SENTENCE("LM457",                                                                              \
             "Migrations work with IPsec, and are slower; a capture shows ESP instead of "         \
             "ports.",                                                                             \
             "Migraties werken met IPsec, maar langzamer; een opname toont ESP in plaats van "     \
             "poorten.")                                                                           \
    SENTENCE("LM457", "Exempt the migration network, unless it needs encryption.",                 \
             "Zonder het migratienetwerk uit, tenzij het versleuteling nodig heeft.")              \
    SENTENCE("LM458", "SMB is chosen with one adapter", "SMB is gekozen met één adapter")          \
    SENTENCE("LM458",                                                                              \
             "Multichannel has nothing to spread over or to fall back to but networks that are "   \
             "not intended.",                                                                      \
             "Multichannel kan zich alleen verdelen over of terugvallen op netwerken die niet "    \
             "bedoeld zijn.")                                                                      \
    SENTENCE("LM458", "Give migration a second adapter with RDMA, where the rate matters.",        \
             "Geef migratie een tweede adapter met RDMA, waar de snelheid ertoe doet.")            \
    SENTENCE("LM460", "Network ATC manages this host's networks",                                  \
             "Network ATC beheert de netwerken van deze host")                                     \
    SENTENCE("LM460",                                                                              \
             "It sets adapters, migration networks, transport and limits by its intents, and "     \
             "sets them again when they are changed by hand.",                                     \
             "Het stelt adapters, migratienetwerken, transport en limieten in volgens zijn "       \
             "intents, en stelt ze opnieuw in als ze met de hand worden gewijzigd.")               \
    SENTENCE("LM460", "Change the intents, not the settings.",                                     \
             "Wijzig de intents, niet de instellingen.")                                           \
    SENTENCE("LM461", "the cluster overrides the hosts' number of migrations",                     \
             "het cluster gaat boven het aantal migraties van de hosts")                           \
    SENTENCE("LM461",                                                                              \
             "MaximumParallelMigrations of the cluster holds, and what is set on a host has no "   \
             "effect.",                                                                            \
             "MaximumParallelMigrations van het cluster geldt, en wat op een host is "             \
             "ingesteld, heeft geen effect.")                                                      \
    SENTENCE("LM461", "Set the number at the cluster.", "Stel het aantal in op het cluster.")      \
    SENTENCE("LM462", "Virtual Machine Manager manages this host",                                 \
             "Virtual Machine Manager beheert deze host")                                          \
    SENTENCE("LM462",                                                                              \
             "It sets migration networks, limits and switches by its host properties and "         \
             "logical networks, and may set them back when they are changed by hand.",             \
             "Het stelt migratienetwerken, limieten en switches in volgens zijn "                  \
             "hosteigenschappen en logische netwerken, en kan ze terugzetten als ze met de "       \
             "hand worden gewijzigd.")                                                             \
    SENTENCE("LM462", "Change the host's migration settings in Virtual Machine Manager.",          \
             "Wijzig de migratie-instellingen van de host in Virtual Machine Manager.")            \
    SENTENCE("LM470", "Microsoft's table of 2008 R2 has this design",                              \
             "Microsofts tabel van 2008 R2 bevat dit ontwerp")                                     \
    SENTENCE("LM470",                                                                              \
             "It rates hosts by their adapters and what each is for. Of an age of 1 and 10 "       \
             "Gbit/s, it still tells whether migrations can starve the cluster.",                  \
             "Die beoordeelt hosts op hun adapters en waar elk voor dient. Hij stamt uit de "      \
             "tijd van 1 en 10 Gbit/s, maar zegt nog steeds of migraties het cluster tekort "      \
             "kunnen doen.")                                                                       \
    SENTENCE("LM470", "Nothing, if the caps that it asks for are set.",                            \
             "Niets, als de limieten die hij vraagt, zijn ingesteld.")                             \
    SENTENCE("LM471", "Microsoft's table of 2008 R2 advises against this design",                  \
             "Microsofts tabel van 2008 R2 raadt dit ontwerp af")                                  \
    SENTENCE("LM471",                                                                              \
             "Migrations and the cluster's own traffic share an adapter that is too slow for "     \
             "both: migrations slow down, and nodes may be taken for dead.",                       \
             "Migraties en het verkeer van het cluster zelf delen een adapter die voor beide "     \
             "te langzaam is: migraties vertragen, en nodes kunnen voor dood worden gehouden.")    \
    SENTENCE("LM471", "Add an adapter that separates live migration from the cluster's traffic.",  \
             "Voeg een adapter toe die livemigratie van het clusterverkeer scheidt.")              \
    SENTENCE("LM472", "points of the guidance for converged hosts are not kept",                   \
             "punten van het advies voor converged hosts worden niet gevolgd")                     \
    SENTENCE("LM472",                                                                              \
             "Migration, storage and management share a virtual switch here. The guidance "        \
             "since 2012 keeps them apart, and lets each migration use all of its adapter.",       \
             "Migratie, opslag en beheer delen hier een virtuele switch. Het advies sinds 2012 "   \
             "houdt ze gescheiden, en laat elke migratie haar hele adapter gebruiken.")            \
    SENTENCE("LM472", "Take the points that matter here; each stands by itself.",                  \
             "Neem de punten over die hier van belang zijn; elk staat op zichzelf.")
