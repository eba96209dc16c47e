/*
 * What the catalogue of findings says, in Dutch: title, why it matters and what to do, as rows of
 * sentences.c. The English is the key, so it stands here as in analyzers/findings.c.
 */
#define SENTENCES_OF_CATALOGUE(SENTENCE)                                                           \
    SENTENCE("LM101", "memory went over a network that is not intended for it",                    \
             "geheugen ging via een netwerk dat daar niet voor bedoeld is")                        \
    SENTENCE("LM101",                                                                              \
             "The migration is slower than it could be, and what else uses that network "          \
             "(management, heartbeats, clients) is starved meanwhile. Nothing in Windows warns "   \
             "of it.",                                                                             \
             "De migratie is langzamer dan nodig, en wat dat netwerk verder gebruikt (beheer, "    \
             "heartbeats, clients) komt intussen tekort. Windows waarschuwt hier niet voor.")      \
    SENTENCE("LM101",                                                                              \
             "Put the intended network first in the cluster's live migration settings, exclude "   \
             "the others, and give every host a matching list of migration subnets; then move "    \
             "a test VM in both directions and look again.",                                       \
             "Zet het bedoelde netwerk bovenaan in de instellingen voor livemigratie van het "     \
             "cluster, sluit de andere uit en geef elke host een lijst van migratiesubnetten "     \
             "die daarmee overeenkomt; verplaats daarna een test-VM in beide richtingen en "       \
             "kijk opnieuw.")                                                                      \
    SENTENCE("LM102", "memory was split over several networks",                                    \
             "geheugen was over meerdere netwerken verdeeld")                                      \
    SENTENCE("LM102",                                                                              \
             "Part of the memory takes the slow way, and the whole migration waits for it. SMB "   \
             "Multichannel does this when it finds another adapter of the same class.",            \
             "Een deel van het geheugen neemt de langzame weg, en de hele migratie wacht "         \
             "daarop. SMB Multichannel doet dit wanneer het nog een adapter van dezelfde "         \
             "klasse vindt.")                                                                      \
    SENTENCE("LM102",                                                                              \
             "Exclude the networks that should not carry it; with SMB restrict Multichannel to "   \
             "the intended adapters (New-SmbMultichannelConstraint).",                             \
             "Sluit de netwerken uit die het geheugen niet horen te vervoeren; beperk "            \
             "Multichannel bij SMB tot de bedoelde adapters (New-SmbMultichannelConstraint).")     \
    SENTENCE("LM103", "a transfer's two ends are in different networks",                           \
             "de twee kanten van een overdracht liggen in verschillende netwerken")                \
    SENTENCE("LM103",                                                                              \
             "Then the traffic is routed: through a gateway that may be slow or a firewall, "      \
             "and not over the link that both adapters share.",                                    \
             "Dan wordt het verkeer gerouteerd: door een gateway die traag kan zijn of een "       \
             "firewall, en niet over de verbinding die beide adapters delen.")                     \
    SENTENCE("LM103",                                                                              \
             "Give both hosts an address in the same migration network, and list only that "       \
             "subnet.",                                                                            \
             "Geef beide hosts een adres in hetzelfde migratienetwerk, en neem alleen dat "        \
             "subnet in de lijst op.")                                                             \
    SENTENCE("LM104", "a transfer used an address outside every network given",                    \
             "een overdracht gebruikte een adres buiten elk opgegeven netwerk")                    \
    SENTENCE("LM104", "It can't be said what this network is for, so it counts as not intended.",  \
             "Er is niet te zeggen waar dit netwerk voor dient, dus telt het als niet bedoeld.")   \
    SENTENCE("LM104",                                                                              \
             "Name the network (-n NAME=PREFIX, or a snapshot with -t); if the address should "    \
             "not exist, remove it.",                                                              \
             "Geef het netwerk een naam (-n NAAM=PREFIX, of een snapshot met -t); verwijder "      \
             "het adres als het niet hoort te bestaan.")                                           \
    SENTENCE("LM105", "a transfer left through another network's adapter",                         \
             "een overdracht ging naar buiten door de adapter van een ander netwerk")              \
    SENTENCE("LM105",                                                                              \
             "The address tells one story and the wire another: the memory loads the adapter "     \
             "it really passed, not the one whose address it bears.",                              \
             "Het adres zegt het ene en de kabel het andere: het geheugen belast de adapter "      \
             "waar het werkelijk doorheen ging, niet de adapter met het adres.")                   \
    SENTENCE("LM105",                                                                              \
             "Give every adapter a subnet of its own, and check routes and interface metrics.",    \
             "Geef elke adapter een eigen subnet, en controleer routes en interface-metrics.")     \
    SENTENCE("LM106", "a migration was talked about, but its memory was not seen",                 \
             "er is over een migratie gepraat, maar het geheugen is niet gezien")                  \
    SENTENCE("LM106",                                                                              \
             "The memory may have gone over SMB Direct (RDMA), which a capture on the host "       \
             "can't see, over a NIC that was not captured, or not at all, if the migration "       \
             "failed early.",                                                                      \
             "Het geheugen kan via SMB Direct (RDMA) zijn gegaan, wat een opname op de host "      \
             "niet ziet, via een netwerkadapter die niet is opgenomen, of helemaal niet, als "     \
             "de migratie vroeg mislukte.")                                                        \
    SENTENCE("LM106",                                                                              \
             "Capture on all NICs and record the counters with it; or mirror the switch port.",    \
             "Neem op alle netwerkadapters op en leg de tellers mee vast, of spiegel de "          \
             "switchpoort.")                                                                       \
    SENTENCE("LM107", "far less was seen than the VM has memory",                                  \
             "er is veel minder gezien dan de VM geheugen heeft")                                  \
    SENTENCE("LM107",                                                                              \
             "Pages that are zero and compression make a transfer smaller than the memory, but "   \
             "not so much smaller: part of it may have gone where the capture could not see "      \
             "it.",                                                                                \
             "Pagina's met nullen en compressie maken een overdracht kleiner dan het geheugen, "   \
             "maar niet zo veel kleiner: een deel kan buiten het zicht van de opname zijn "        \
             "gegaan.")                                                                            \
    SENTENCE("LM107",                                                                              \
             "Capture from before the migration starts until it has ended, on all NICs of the "    \
             "host.",                                                                              \
             "Neem op vanaf vóór het begin van de migratie tot na het einde, op alle "           \
             "netwerkadapters van de host.")                                                       \
    SENTENCE("LM108", "the way back took other networks than the way there",                       \
             "de terugweg nam andere netwerken dan de heenweg")                                    \
    SENTENCE("LM108",                                                                              \
             "The source host chooses the network, so each host has settings of its own. A "       \
             "machine that moves well may come back slowly, or over the management network.",      \
             "De bronhost kiest het netwerk, dus elke host heeft eigen instellingen. Een VM "      \
             "die goed heen gaat, kan langzaam terugkomen, of via het beheernetwerk.")             \
    SENTENCE("LM108",                                                                              \
             "Compare Get-VMHost and Get-VMMigrationNetwork of the two hosts, and make them "      \
             "alike; the cluster's order holds for both.",                                         \
             "Vergelijk Get-VMHost en Get-VMMigrationNetwork van de twee hosts en maak ze "        \
             "gelijk; de volgorde van het cluster geldt voor beide.")                              \
    SENTENCE("LM109", "both ways took the same networks",                                          \
             "beide richtingen namen dezelfde netwerken")                                          \
    SENTENCE("LM109",                                                                              \
             "The two hosts choose alike. Times differ with how fast the VM changes its "          \
             "memory.",                                                                            \
             "De twee hosts kiezen gelijk. Tijden verschillen met hoe snel de VM zijn geheugen "   \
             "wijzigt.")                                                                           \
    SENTENCE("LM109", "Nothing is needed.", "Er is niets nodig.")                                  \
    SENTENCE("LM110", "the migration was seen several times",                                      \
             "de migratie is meerdere keren gezien")                                               \
    SENTENCE("LM110", "How much the times differ tells how far one of them can be trusted.",       \
             "Hoeveel de tijden verschillen, zegt hoe ver op één ervan te vertrouwen is.")         \
    SENTENCE("LM110", "Watch the way back, too: the other host chooses for itself.",               \
             "Kijk ook naar de terugweg: de andere host kiest voor zichzelf.")                     \
    SENTENCE("LM201", "RDMA counters rose, which no capture on the host shows",                    \
             "RDMA-tellers liepen op, wat geen opname op de host laat zien")                       \
    SENTENCE("LM201",                                                                              \
             "Memory that goes over SMB Direct bypasses the host's network stack: only the "       \
             "adapters' RDMA counters tell that it passed, and through which adapter.",            \
             "Geheugen dat via SMB Direct gaat, gaat buiten de netwerkstack van de host om: "      \
             "alleen de RDMA-tellers van de adapters zeggen dat het langskwam, en door welke "     \
             "adapter.")                                                                           \
    SENTENCE("LM201",                                                                              \
             "Take the adapter named here for the path, or move a test VM with SMB Direct off "    \
             "(Disable-NetAdapterRdma) to see the path in packets.",                               \
             "Neem de hier genoemde adapter voor het pad aan, of verplaats een test-VM met SMB "   \
             "Direct uit (Disable-NetAdapterRdma) om het pad in pakketten te zien.")               \
    SENTENCE("LM202", "an adapter moved far more than the capture explains",                       \
             "een adapter verplaatste veel meer dan de opname verklaart")                          \
    SENTENCE("LM202",                                                                              \
             "Something passed there that was not captured: other ports, RDMA that the adapter "   \
             "counts with the rest, a virtual machine's own traffic, or packets lost while "       \
             "capturing. It may have been memory.",                                                \
             "Er kwam iets langs dat niet is opgenomen: andere poorten, RDMA dat de adapter "      \
             "met de rest meetelt, verkeer van een VM zelf, of pakketten die de opname miste. "    \
             "Het kan geheugen zijn geweest.")                                                     \
    SENTENCE("LM202", "Record on this adapter too (-i), at a time without other traffic.",         \
             "Neem ook op deze adapter op (-i), op een moment zonder ander verkeer.")              \
    SENTENCE("LM203", "an adapter was not captured, or not all the time",                          \
             "een adapter is niet opgenomen, of niet de hele tijd")                                \
    SENTENCE("LM203", "What passed it is known from its counters alone.",                          \
             "Wat er langskwam, is alleen uit de tellers bekend.")                                 \
    SENTENCE("LM203",                                                                              \
             "Remove what is in the way, or leave the adapter out with -i if it can't carry "      \
             "memory.",                                                                            \
             "Neem de belemmering weg, of laat de adapter met -i weg als hij geen geheugen kan "   \
             "vervoeren.")                                                                         \
    SENTENCE("LM204", "the disk was full: packets were counted and not stored",                    \
             "de schijf was vol: pakketten zijn geteld en niet bewaard")                           \
    SENTENCE("LM204", "From then on only counters tell what passed; connections are not known.",   \
             "Vanaf dat moment zeggen alleen tellers wat er langskwam; de verbindingen zijn "      \
             "niet bekend.")                                                                       \
    SENTENCE("LM204", "Record to a disk with more room (-w), or with ring files (-b).",            \
             "Leg vast op een schijf met meer ruimte (-w), of met ringbestanden (-b).")            \
    SENTENCE("LM205", "the session is not complete", "de sessie is niet compleet")                 \
    SENTENCE("LM205",                                                                              \
             "Either it is still being recorded, or the recorder was stopped by force: then at "   \
             "most the last second is missing.",                                                   \
             "Ofwel wordt de sessie nog opgenomen, ofwel is de recorder hard gestopt: dan "        \
             "ontbreekt hooguit de laatste seconde.")                                              \
    SENTENCE("LM205",                                                                              \
             "Analyze it again once the recording has ended; if it was cut off, repeat the "       \
             "test when the transfer's end is missing.",                                           \
             "Analyseer de sessie opnieuw als de opname klaar is; is zij afgebroken, herhaal "     \
             "de test dan wanneer het einde van de overdracht ontbreekt.")                         \
    SENTENCE("LM206", "something disturbed the recording", "iets verstoorde de opname")            \
    SENTENCE("LM206", "It may have missed packets.", "Er kunnen pakketten gemist zijn.")           \
    SENTENCE("LM206", "Repeat the test.", "Herhaal de test.")                                      \
    SENTENCE("LM207", "the traffic before the migration is not known",                             \
             "het verkeer vóór de migratie is niet bekend")                                        \
    SENTENCE("LM207",                                                                              \
             "Counters rise by what else an adapter carries, too; without a quiet time before, "   \
             "that can't be told from memory.",                                                    \
             "Tellers lopen ook op door wat een adapter verder vervoert; zonder rustige tijd "     \
             "vooraf is dat niet van geheugen te onderscheiden.")                                  \
    SENTENCE("LM207",                                                                              \
             "Begin the recording at least 2 s before the migration, as lmpath run does.",         \
             "Begin de opname ten minste 2 s vóór de migratie, zoals lmpath run doet.")            \
    SENTENCE("LM208", "the watched command failed", "de gevolgde opdracht is mislukt")             \
    SENTENCE("LM208", "The migration may not have happened, or not to its end.",                   \
             "De migratie is misschien niet gebeurd, of niet tot het einde.")                      \
    SENTENCE("LM208", "Mend the command and repeat the test.",                                     \
             "Herstel de opdracht en herhaal de test.")                                            \
    SENTENCE("LM209", "Hyper-V's own counters tell another amount than the capture",               \
             "de tellers van Hyper-V zelf noemen een andere hoeveelheid dan de opname")            \
    SENTENCE("LM209",                                                                              \
             "Hyper-V counts what it hands to its transport. What is missing in the capture "      \
             "went where it could not be seen; what it has more belongs to something else.",       \
             "Hyper-V telt wat het aan zijn transport geeft. Wat in de opname ontbreekt, ging "    \
             "waar het niet te zien was; wat er te veel is, hoort bij iets anders.")               \
    SENTENCE("LM209", "Capture on all adapters of the host, and compare again.",                   \
             "Neem op alle adapters van de host op, en vergelijk opnieuw.")                        \
    SENTENCE("LM210", "the session has no counters", "de sessie heeft geen tellers")               \
    SENTENCE("LM210", "Then nothing tells whether traffic passed that was not captured.",          \
             "Dan zegt niets of er verkeer langskwam dat niet is opgenomen.")                      \
    SENTENCE("LM210", "Record again with lmpath record or lmpath run.",                            \
             "Neem opnieuw op met lmpath record of lmpath run.")                                   \
    SENTENCE("LM211", "Hyper-V compressed the memory", "Hyper-V comprimeerde het geheugen")        \
    SENTENCE("LM211",                                                                              \
             "Fewer bytes pass than the VM has memory; both sides spend processor time on it.",    \
             "Er gaan minder bytes over dan de VM geheugen heeft; beide kanten besteden er "       \
             "processortijd aan.")                                                                 \
    SENTENCE("LM211", "Nothing is needed; on 25 GbE and above, with RDMA, SMB is faster.",         \
             "Er is niets nodig; op 25 GbE en hoger, met RDMA, is SMB sneller.")                   \
    SENTENCE("LM301", "the capture lost packets", "de opname miste pakketten")                     \
    SENTENCE("LM301",                                                                              \
             "Bytes that were acknowledged are still counted, but a connection of which "          \
             "nothing was captured stays unseen.",                                                 \
             "Bytes die zijn bevestigd, tellen nog mee, maar een verbinding waarvan niets is "     \
             "opgenomen, blijft onzichtbaar.")                                                     \
    SENTENCE("LM301",                                                                              \
             "Capture again with a larger buffer (-B), a snap length of 128 and a filter for "     \
             "the ports in question.",                                                             \
             "Neem opnieuw op met een grotere buffer (-B), een snaplengte van 128 en een "         \
             "filter op de poorten waar het om gaat.")                                             \
    SENTENCE("LM302", "packets were captured more than once",                                      \
             "pakketten zijn meer dan eens opgenomen")                                             \
    SENTENCE("LM302",                                                                              \
             "Each was counted once. Packet Monitor writes a packet at every component it "        \
             "passes; a mirror port may double it.",                                               \
             "Elk is één keer geteld. Packet Monitor schrijft een pakket bij elke component "    \
             "waar het langskomt; een spiegelpoort kan het verdubbelen.")                          \
    SENTENCE("LM302", "Nothing is needed; pktmon start --comp nics captures each packet once.",    \
             "Er is niets nodig; pktmon start --comp nics neemt elk pakket één keer op.")          \
    SENTENCE("LM303", "an input is damaged or ends too early",                                     \
             "een invoerbestand is beschadigd of houdt te vroeg op")                               \
    SENTENCE("LM303", "Everything before the damage was counted; what came behind it is unknown.", \
             "Alles vóór de schade is geteld; wat erna kwam, is onbekend.")                        \
    SENTENCE("LM303", "Copy the capture again, or stop the capture properly before it is copied.", \
             "Kopieer de opname opnieuw, of stop de opname netjes voordat die wordt "              \
             "gekopieerd.")                                                                        \
    SENTENCE("LM304", "time runs backwards within a capture",                                      \
             "de tijd loopt terug binnen een opname")                                              \
    SENTENCE("LM304",                                                                              \
             "Byte counts don't depend on it; starts, ends and rates are off by up to the "        \
             "step.",                                                                              \
             "Aantallen bytes hangen er niet van af; begin, einde en snelheden zitten er tot "     \
             "die stap naast.")                                                                    \
    SENTENCE("LM304",                                                                              \
             "Nothing is needed for a few microseconds; for more, look at the host's clock.",      \
             "Bij een paar microseconden is er niets nodig; kijk bij meer naar de klok van de "    \
             "host.")                                                                              \
    SENTENCE("LM305", "packets could not be decoded", "pakketten konden niet worden gelezen")      \
    SENTENCE("LM305", "What they carried is not in the totals.",                                   \
             "Wat ze vervoerden, zit niet in de totalen.")                                         \
    SENTENCE("LM305", "Capture on an Ethernet interface, or tell us the link type.",               \
             "Neem op een Ethernet-interface op, of meld ons het linktype.")                       \
    SENTENCE("LM306", "vantage points disagree about a connection",                                \
             "meetpunten zijn het oneens over een verbinding")                                     \
    SENTENCE("LM306",                                                                              \
             "Each saw a part: one lost packets, or started later. The one that saw most is "      \
             "used.",                                                                              \
             "Elk zag een deel: het ene miste pakketten of begon later. Het meetpunt dat het "     \
             "meeste zag, is gebruikt.")                                                           \
    SENTENCE("LM306", "Start all captures before the migration and stop them after it.",           \
             "Start alle opnamen vóór de migratie en stop ze erna.")                               \
    SENTENCE("LM307", "encrypted traffic (ESP) hides what it carries",                             \
             "versleuteld verkeer (ESP) verbergt wat het vervoert")                                \
    SENTENCE("LM307",                                                                              \
             "IPsec may carry the migration: then neither ports nor bytes of it can be "           \
             "attributed.",                                                                        \
             "IPsec kan de migratie vervoeren: dan zijn poorten noch bytes ervan toe te "          \
             "wijzen.")                                                                            \
    SENTENCE("LM307",                                                                              \
             "Exempt the migration network from IPsec for the test, or rely on the NICs' "         \
             "counters.",                                                                          \
             "Zonder het migratienetwerk voor de test uit van IPsec, of vertrouw op de tellers "   \
             "van de netwerkadapters.")                                                            \
    SENTENCE("LM308", "more connections than the table holds",                                     \
             "meer verbindingen dan de tabel kan bevatten")                                        \
    SENTENCE("LM308", "Packets of further connections were left out of the totals.",               \
             "Pakketten van verdere verbindingen zijn buiten de totalen gebleven.")                \
    SENTENCE("LM308", "Filter the capture to the hosts or ports in question.",                     \
             "Filter de opname op de hosts of poorten waar het om gaat.")                          \
    SENTENCE("LM309", "the capture began while memory was moving",                                 \
             "de opname begon terwijl er al geheugen werd verplaatst")                             \
    SENTENCE("LM309", "What moved before is not in the totals, and may have taken another path.",  \
             "Wat daarvoor is verplaatst, ontbreekt in de totalen en kan een ander pad hebben "    \
             "genomen.")                                                                           \
    SENTENCE("LM309", "Start the capture before the migration, and stop it after it.",             \
             "Start de opname voor de migratie en stop hem erna.")
