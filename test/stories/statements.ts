/**
 * Statements of our own in two or three languages each, as groups along a border write them; and texts about the same town, day
 * and groups that are none of them.
 */

export interface Statement {
  /** Those of one statement are translations of each other; a text without one is nobody's. */
  readonly of: string;
  readonly lang: string;
  /** Day of 2026, `MM-DD`. */
  readonly day: string;
  readonly title: string;
  readonly text: string;
}

export const statements: readonly Statement[] = [
  {
    of: 'hangar',
    lang: 'en',
    day: '03-04',
    title: 'Eviction of the hangar in Calais',
    text: 'On 3 March at 7:30 am, 14 vans of the CRS surrounded the hangar on Quai de la Moselle in Calais. Of the 126 people who lived there, 38 were put on a bus to Croisilles, and the others were left on the street without their tents. The associations Utopia 56 and Human Rights Observers counted 212 blankets in the skip. We demand that the prefecture give back what it took, and we will meet in front of the town hall on 6 March at 18:00.',
  },
  {
    of: 'hangar',
    lang: 'fr',
    day: '03-05',
    title: 'Expulsion du hangar à Calais',
    text: 'Le 3 mars à 7h30, 14 fourgons de CRS ont encerclé le hangar du Quai de la Moselle à Calais. Parmi les 126 personnes qui y vivaient, 38 ont été mises dans un bus pour Croisilles, les autres sont restées à la rue sans leurs tentes. Les associations Utopia 56 et Human Rights Observers ont compté 212 couvertures dans la benne. Nous exigeons que la préfecture rende ce qu’elle a pris, et nous nous retrouverons devant la mairie le 6 mars à 18h00.',
  },
  {
    of: 'hangar',
    lang: 'de',
    day: '03-06',
    title: 'Räumung der Halle in Calais',
    text: 'Am 3. März um 7:30 Uhr umstellten 14 Wagen der CRS die Halle am Quai de la Moselle in Calais. Von den 126 Menschen, die dort lebten, wurden 38 mit einem Bus nach Croisilles gebracht, die anderen blieben ohne ihre Zelte auf der Straße. Die Vereine Utopia 56 und Human Rights Observers zählten 212 Decken im Container. Wir verlangen, dass die Präfektur zurückgibt, was sie genommen hat, und treffen uns am 6. März um 18:00 Uhr vor dem Rathaus.',
  },
  {
    of: 'ship',
    lang: 'en',
    day: '05-12',
    title: 'Port of Ancona for 47 survivors',
    text: 'Last night the crew of the Stella Maris took 47 people from a rubber boat 62 miles north of Zuwara, among them 9 children. The authorities in Rome have assigned the port of Ancona, 1,150 kilometres away. Captain Ines Baumgartner has asked Malta and Lampedusa for a nearer place and had no answer. Three people need a doctor at once. We call on Matteo Rinaldi, the prefect, to open Porto Empedocle before the storm of 14 May.',
  },
  {
    of: 'ship',
    lang: 'it',
    day: '05-12',
    title: 'Il porto di Ancona per 47 naufraghi',
    text: 'Questa notte l’equipaggio della Stella Maris ha preso a bordo 47 persone da un gommone a 62 miglia a nord di Zuwara, tra loro 9 bambini. Le autorità di Roma hanno assegnato il porto di Ancona, lontano 1.150 chilometri. La comandante Ines Baumgartner ha chiesto a Malta e a Lampedusa un luogo più vicino senza avere risposta. Tre persone hanno subito bisogno di un medico. Chiediamo al prefetto, Matteo Rinaldi, di aprire Porto Empedocle prima della burrasca del 14 maggio.',
  },
  {
    of: 'ship',
    lang: 'de',
    day: '05-13',
    title: 'Hafen von Ancona für 47 Gerettete',
    text: 'In der Nacht hat die Besatzung der Stella Maris 47 Menschen aus einem Schlauchboot 62 Meilen nördlich von Zuwara an Bord genommen, darunter 9 Kinder. Die Behörden in Rom haben den Hafen von Ancona zugewiesen, 1.150 Kilometer entfernt. Kapitänin Ines Baumgartner hat bei Malta und Lampedusa um einen näheren Ort gebeten und keine Antwort bekommen. Drei Menschen brauchen sofort einen Arzt. Wir fordern den Präfekten Matteo Rinaldi auf, Porto Empedocle vor dem Sturm am 14. Mai zu öffnen.',
  },
  {
    of: 'strike',
    lang: 'en',
    day: '06-20',
    title: 'Hunger strike in Block C: day 11',
    text: 'We are 83 people in Block C of the centre of Harmondsworth, and 31 of us have eaten nothing since 9 June. Mitie answers our letters with forms. Nobody has seen the doctor of Practice Plus for 5 days. Adel M. fell in the yard yesterday and lay there for 40 minutes. We ask for phones, for a lawyer and for an end to ticket flights to Kigali and Tirana. Write to blockc@solidarity-harmondsworth.example or call 0161 496 0812.',
  },
  {
    of: 'strike',
    lang: 'es',
    day: '06-21',
    title: 'Huelga de hambre en el Bloque C: día 11',
    text: 'Somos 83 personas en el bloque C del centro de Harmondsworth, y 31 de nosotras no hemos comido nada desde el 9 de junio. Mitie responde a nuestras cartas con formularios. Nadie ha visto al médico de Practice Plus en 5 días. Adel M. se cayó ayer en el patio y pasó allí 40 minutos. Pedimos teléfonos, una abogada y el fin de los vuelos a Kigali y Tirana. Escribid a blockc@solidarity-harmondsworth.example o llamad al 0161 496 0812.',
  },
  {
    of: 'strike',
    lang: 'ar',
    day: '06-21',
    title: 'إضراب عن الطعام في المبنى C: اليوم ١١',
    text: 'نحن ٨٣ شخصا في المبنى C من مركز Harmondsworth، و٣١ منا لم يأكلوا شيئا منذ ٩ يونيو. شركة Mitie ترد على رسائلنا باستمارات. لم ير أحد طبيب Practice Plus منذ ٥ أيام. سقط عادل م. أمس في الساحة وبقي هناك ٤٠ دقيقة. نطالب بالهواتف وبمحام وبوقف الرحلات إلى كيغالي وتيرانا. اكتبوا إلى blockc@solidarity-harmondsworth.example أو اتصلوا على الرقم 0161 496 0812.',
  },
  {
    of: 'bridge',
    lang: 'en',
    day: '07-08',
    title: 'Two weeks at the bridge',
    text: 'For 15 days between 24 June and 8 July, volunteers of Ponte Aperto and the Rete Sanremo stood at the bridge of San Ludovico. They wrote down 1,204 people sent back from Menton to Ventimiglia, 173 of them under age, and 46 who had been kept in containers overnight. On 2 July the Police aux Frontières tore a paper from the hands of Sister Agnese. Our report of 28 pages goes to the Tribunal of Nice.',
  },
  {
    of: 'bridge',
    lang: 'it',
    day: '07-09',
    title: 'Due settimane al ponte',
    text: 'Per 15 giorni tra il 24 giugno e l’8 luglio, le volontarie di Ponte Aperto e della Rete Sanremo sono state al ponte di San Ludovico. Hanno annotato 1.204 persone rimandate da Menton a Ventimiglia, di cui 173 minorenni, e 46 trattenute nei container per la notte. Il 2 luglio la Police aux Frontières ha strappato un foglio dalle mani di suor Agnese. Il nostro rapporto di 28 pagine va al tribunale di Nizza.',
  },
  {
    of: 'bridge',
    lang: 'fr',
    day: '07-09',
    title: 'Deux semaines sur le pont',
    text: 'Pendant 15 jours, du 24 juin au 8 juillet, les bénévoles de Ponte Aperto et de la Rete Sanremo se sont tenus sur le pont de San Ludovico. Ils ont noté 1 204 personnes renvoyées de Menton vers Ventimiglia, dont 173 mineures, et 46 gardées la nuit dans des conteneurs. Le 2 juillet, la Police aux Frontières a arraché un papier des mains de sœur Agnese. Notre rapport de 28 pages part au tribunal de Nice.',
  },
  {
    of: 'camp',
    lang: 'de',
    day: '08-01',
    title: 'Einladung zum Camp in Lesvos',
    text: 'Vom 22. bis 30. August laden wir nach Mytilini ein: 9 Tage ohne Grenzen, mit Küche, Zelten und Werkstätten im Park von Agia Paraskevi. Aus 17 Städten kommen Busse, 320 Menschen haben sich angemeldet. Am 25. August fahren wir gemeinsam nach Kara Tepe, am 27. August spielt die Gruppe Rebetiko Nuevo. Anmeldung bis zum 10. August auf camp-mytilini.example, 45 Euro für alle, die zahlen können. No Border Kitchen kocht.',
  },
  {
    of: 'camp',
    lang: 'en',
    day: '08-02',
    title: 'Invitation to the camp on Lesvos',
    text: 'From 22 to 30 August we invite you to Mytilini: 9 days without borders, with a kitchen, tents and workshops in the park of Agia Paraskevi. Buses are coming from 17 cities, 320 people have signed up. On 25 August we go to Kara Tepe together, on 27 August the band Rebetiko Nuevo plays. Sign up until 10 August at camp-mytilini.example, 45 euros for all who can pay. No Border Kitchen cooks.',
  },
  {
    of: 'budget',
    lang: 'fr',
    day: '09-15',
    title: '127 millions pour des murs',
    text: 'Selon un document du ministère, 127 millions d’euros iront en 2027 à la surveillance des côtes : 64 à Thales pour des drones, 21 à Airbus, 18 à la société Eamus Cork. Le contrat 2026-118-B prévoit 1 450 caméras entre Dunkerque et Berck. Pour l’hébergement, il reste 3 millions. Le député Yannick Le Goff parle d’un choix de société. La Cabane Juridique publie les 96 pages sur murs-ouverts.example.',
  },
  {
    of: 'budget',
    lang: 'en',
    day: '09-18',
    title: '127 million for walls',
    text: 'According to a paper of the ministry, 127 million euros will go to watching the coast in 2027: 64 to Thales for drones, 21 to Airbus, 18 to the firm Eamus Cork. Contract 2026-118-B provides for 1,450 cameras between Dunkerque and Berck. What remains for housing is 3 million. The deputy Yannick Le Goff calls it a choice of society. La Cabane Juridique publishes the 96 pages at murs-ouverts.example.',
  },
  {
    of: 'vigil',
    lang: 'es',
    day: '10-10',
    title: 'Vigilia por Mamadou en Almería',
    text: 'El 4 de octubre murió Mamadou Diallo, de 23 años, bajo los plásticos de San Isidro. Trabajaba desde hacía 26 días para Agrisol por 34 euros la jornada. La ambulancia llegó a los 55 minutos. El sindicato SOC-SAT y la Plataforma Níjar convocan una vigilia el 12 de octubre a las 19:30 en la plaza de la Glorieta. Hemos reunido 2.840 euros para su familia en Tambacounda; la cuenta está en vigilia-nijar.example.',
  },
  {
    of: 'vigil',
    lang: 'fr',
    day: '10-11',
    title: 'Veillée pour Mamadou à Almería',
    text: 'Le 4 octobre, Mamadou Diallo, 23 ans, est mort sous les bâches de San Isidro. Il travaillait depuis 26 jours pour Agrisol, à 34 euros la journée. L’ambulance est arrivée au bout de 55 minutes. Le syndicat SOC-SAT et la Plataforma Níjar appellent à une veillée le 12 octobre à 19h30 sur la place de la Glorieta. Nous avons réuni 2 840 euros pour sa famille à Tambacounda ; le compte est sur vigilia-nijar.example.',
  },
  {
    of: 'court',
    lang: 'it',
    day: '11-03',
    title: 'Assolti i sette di Briançon',
    text: 'La corte d’appello di Grenoble ha assolto il 29 ottobre Théo Marchetti, Bastien Fabre e altre 5 persone condannate a Gap a 12 mesi. Avevano accompagnato 27 esuli dal Monginevro a Briançon nella neve. La giudice ha citato la decisione 717 del Consiglio costituzionale e la parola fraternité. Le spese di 8.600 euro sono dello Stato. Tous Migrants e il Refuge Solidaire fanno festa il 7 novembre alle 20:30 al Refuge di Clavière.',
  },
  {
    of: 'court',
    lang: 'en',
    day: '11-04',
    title: 'The seven of Briançon acquitted',
    text: 'On 29 October the court of appeal in Grenoble acquitted Théo Marchetti, Bastien Fabre and 5 others who had been sentenced in Gap to 12 months. They had walked with 27 exiles from Montgenèvre to Briançon through the snow. The judge quoted decision 717 of the Constitutional Council and the word fraternity. The costs of 8,600 euros are the state’s. Tous Migrants and the Refuge Solidaire celebrate on 7 November at 8:30 pm at the Refuge of Clavière.',
  },
  {
    of: 'pushback',
    lang: 'en',
    day: '11-20',
    title: 'Pushback near Velika Kladuša: testimony 318',
    text: 'A group of 19 people from Kunduz and Swat was stopped on 15 November near Slunj by 6 officers in dark blue. One had the number 4471 on his sleeve. Their 11 phones were broken, 560 euros taken, and at 3:45 they were made to walk through the Korana. Two of them were treated at the camp of Miral. The Border Violence Network has filed this as testimony 318 and sent it to Frontex and to the ombudswoman in Zagreb.',
  },
  {
    of: 'pushback',
    lang: 'de',
    day: '11-21',
    title: 'Pushback bei Velika Kladuša: Zeugnis 318',
    text: 'Eine Gruppe von 19 Menschen aus Kunduz und Swat wurde am 15. November bei Slunj von 6 Beamten in Dunkelblau angehalten. Einer trug die Nummer 4471 am Ärmel. Ihre 11 Telefone wurden zerbrochen, 560 Euro genommen, und um 3:45 Uhr mussten sie durch die Korana gehen. Zwei von ihnen wurden im Lager Miral behandelt. Das Border Violence Network führt dies als Zeugnis 318 und hat es an Frontex und die Ombudsfrau in Zagreb geschickt.',
  },
  {
    of: 'school',
    lang: 'fr',
    day: '12-01',
    title: 'L’école de la rue fête 1 000 cours',
    text: 'Depuis le 11 janvier, l’École de la Rue a donné 1 000 cours sous le pont Charles-Michels. 72 bénévoles et 415 élèves de 29 pays s’y retrouvent, du Soudan à l’Érythrée. La mairie du 15e arrondissement refuse toujours la salle promise le 18 septembre. Fatou Ndiaye, 19 ans, y a appris à lire et prépare le DELF B1. Samedi 5 décembre à 14h30, on chante avec la chorale Bella Ciao.',
  },
  {
    of: 'school',
    lang: 'ar',
    day: '12-02',
    title: 'مدرسة الشارع تحتفل بألف درس',
    text: 'منذ ١١ يناير قدمت مدرسة الشارع École de la Rue ١٬٠٠٠ درس تحت جسر Charles-Michels. يلتقي هناك ٧٢ متطوعا و٤١٥ تلميذا من ٢٩ بلدا، من السودان إلى إريتريا. ما زالت بلدية الدائرة ١٥ ترفض القاعة التي وعدت بها في ١٨ سبتمبر. فاتو ندياي، ١٩ عاما، تعلمت القراءة هناك وتستعد لامتحان DELF B1. يوم السبت ٥ ديسمبر الساعة 14:30 نغني مع جوقة Bella Ciao.',
  },
  {
    of: 'names',
    lang: 'en',
    day: '02-10',
    title: 'To the mayors of the coast',
    text: 'We who sign this live in Grande-Synthe, Loon-Plage, Téteghem, Gravelines and Norrent-Fontes. We have seen what Natacha Bouchart and Franck Dhersin call order. We remember Yasser, Blessing and Mohamed, whom nobody of Salam, Roya Citoyenne or Emmaüs has forgotten. We ask the mayors for water, for light and for a place to sleep, as Damien Carême once gave it at La Linière. Stand with us, as Cédric Herrou does.',
  },
  {
    of: 'names',
    lang: 'es',
    day: '02-12',
    title: 'A las alcaldesas y los alcaldes de la costa',
    text: 'Quienes firmamos vivimos en Grande-Synthe, Loon-Plage, Téteghem, Gravelines y Norrent-Fontes. Hemos visto lo que Natacha Bouchart y Franck Dhersin llaman orden. Recordamos a Yasser, Blessing y Mohamed, a quienes nadie de Salam, Roya Citoyenne o Emmaüs ha olvidado. Pedimos a las alcaldías agua, luz y un sitio para dormir, como una vez lo dio Damien Carême en La Linière. Estad con nosotras, como lo está Cédric Herrou.',
  },
  {
    of: 'bus',
    lang: 'de',
    day: '04-02',
    title: 'Kein Bus für Hoyerswerda',
    text: 'Am 28. März hat Nahverkehr Lausitz die Linie 153 gestrichen. Für die 240 Bewohnerinnen des Lagers am Ziegelweg heißt das: 7,5 Kilometer zu Fuß zum Arzt. Die Initiative Züge auf und die Gruppe Pro Asyl Bautzen haben 1.870 Unterschriften an Landrat Uwe Kretzschmar übergeben. Am 9. April um 16:30 Uhr fahren wir mit 60 Fahrrädern vom Lausitzer Platz los. Wer eines leihen will: räder@ziegelweg.example.',
  },
  {
    of: 'bus',
    lang: 'en',
    day: '04-03',
    title: 'No bus for Hoyerswerda',
    text: 'On 28 March Nahverkehr Lausitz took line 153 off the road. For the 240 residents of the camp at Ziegelweg this means 7.5 kilometres on foot to see a doctor. The initiative Züge auf and the group Pro Asyl Bautzen have handed 1,870 signatures to Uwe Kretzschmar, the head of the district. On 9 April at 4.30 pm we set out with 60 bicycles from Lausitzer Platz. If you want to borrow one, write to räder@ziegelweg.example.',
  },
];

/** Texts about what some of the statements are about, and others that only have figures and names in common. */
export const strangers: readonly Statement[] = [
  {
    of: '',
    lang: 'fr',
    day: '03-04',
    title: 'Calais : la préfecture évacue un hangar',
    text: 'La préfecture du Pas-de-Calais a fait évacuer mardi 3 mars un hangar occupé du Quai de la Moselle, à Calais. Selon elle, 110 personnes ont été mises à l’abri, dont 38 à Croisilles, et l’opération a mobilisé 90 CRS dès 7h30. Natacha Bouchart, la maire, s’est félicitée d’une action « ferme et humaine ». Utopia 56 dénonce une nouvelle expulsion. La société qui possède le terrain veut y construire 24 logements.',
  },
  {
    of: '',
    lang: 'de',
    day: '03-05',
    title: 'Was wir am Quai de la Moselle gesehen haben',
    text: 'Ich stand am 3. März ab 7:30 Uhr an der Ecke zum Quai de la Moselle in Calais, mit zwei Freundinnen von Utopia 56. Ein CRS-Mann sagte, wir sollten gehen. Ein alter Mann aus Asmara suchte seine Brille, 20 Minuten lang, dann trat jemand darauf. Ich habe 3 Jahre hier gelebt und so etwas nicht erlebt. Am Abend waren wir 15 Leute in der Küche in der Rue Mollien, und niemand wollte essen.',
  },
  {
    of: '',
    lang: 'es',
    day: '03-06',
    title: 'Otra redada en Calais',
    text: 'El 5 de marzo los CRS volvieron a Calais: 14 furgones en la Rue des Huttes, 38 detenciones, y 126 tiendas destruidas según Human Rights Observers. Los compañeros de Utopia 56 repartieron 80 mantas en Grande-Synthe. El mismo día se reunieron en París 300 personas delante del ministerio. La próxima cita es el 9 de marzo a las 17:00 en la Place de la République.',
  },
  {
    of: '',
    lang: 'de',
    day: '05-12',
    title: 'Stella Maris: Festsetzung in Ancona',
    text: 'Die Stella Maris darf 20 Tage nicht auslaufen. Nach dem Dekret Piantedosi soll Kapitänin Ines Baumgartner 10.000 Euro zahlen, weil sie Lampedusa angefunkt hat, ohne auf Rom zu warten. Am 12. Mai legte ein Anwalt in Ancona Beschwerde ein. Das Schiff war im April zweimal vor Zuwara, hat 161 Menschen an Land gebracht und gehört seit 2021 einem Verein in Lübeck mit 47 Mitgliedern.',
  },
  {
    of: '',
    lang: 'en',
    day: '05-13',
    title: 'Distress near Zuwara',
    text: 'Alarm Phone was called on 12 May by 62 people on a wooden boat that had left Zuwara. Malta and Rome did not pick up the phone. The Stella Maris was 47 miles away and already full. A merchant ship passed at 9:14 and did not stop. At 14:20 the line broke. Relatives in Tripoli and in Sfax have heard nothing since, and Lampedusa says that nobody has arrived there.',
  },
  {
    of: '',
    lang: 'es',
    day: '06-22',
    title: 'Harmondsworth: carta a Mitie',
    text: 'Escribimos a Mitie desde Manchester y Bilbao. En Harmondsworth hay 31 personas en huelga de hambre desde el 9 de junio, y ustedes cobran 192 libras por cama y noche. Sabemos que en 2024 murieron dos internos, que Practice Plus tarda 12 días en dar cita y que los vuelos a Kigali siguen previstos. El 27 de junio estaremos 50 personas en la puerta de sus oficinas de Londres.',
  },
  {
    of: '',
    lang: 'fr',
    day: '07-10',
    title: 'Menton, gare fermée',
    text: 'Depuis le 2 juillet la Police aux Frontières contrôle tous les trains à Menton et ferme la gare dès 21h. Sur le quai, 46 voyageurs ont attendu le 8 juillet sous 34 degrés. Les bus de Ventimiglia sont pleins. Le collectif Roya Citoyenne distribue 150 bouteilles d’eau par jour à San Ludovico et cherche des chauffeurs pour août. Le syndicat SUD-Rail a déposé un préavis de grève pour le 15 juillet.',
  },
  {
    of: '',
    lang: 'en',
    day: '10-11',
    title: 'Work under plastic in Almería',
    text: 'Some 30,000 hectares around San Isidro and Níjar lie under plastic. SOC-SAT has visited 26 farms since 12 October last year, among them Agrisol, and found wages of 34 to 41 euros a day where 58 are due. In 23 of them there was no water. Ambulances take an hour. The inspectors of Almería are 4 people. Our series goes on with the greenhouses of Motril and with a talk to José García Cuevas.',
  },
  {
    of: '',
    lang: 'de',
    day: '11-22',
    title: 'Pushback bei Velika Kladuša: Zeugnis 319',
    text: 'Am 16. November wurden 12 Menschen aus Kunduz bei Slunj von 4 Beamten in Dunkelblau angehalten. Einer trug die Nummer 4471 am Ärmel. Ihre 7 Telefone kamen in den Fluss, 230 Euro waren weg, und um 5:15 Uhr mussten sie durch die Korana gehen. Einer wurde im Lager Miral behandelt. Das Border Violence Network führt dies als Zeugnis 319 und hat es an Frontex und die Ombudsfrau in Zagreb geschickt.',
  },
  {
    of: '',
    lang: 'en',
    day: '12-02',
    title: 'A choir under the bridge',
    text: 'The choir Bella Ciao sings on 5 December at 2.30 pm under the bridge Charles-Michels, where the École de la Rue has taught since January. Bring a chair, soup for two, and gloves. The choir began in 2019 with 8 voices in a cellar in Montreuil and has 55 today. After Paris it goes to Lille, Gent and Rotterdam. Fatou, who has lessons there, says that she knows three of the songs by heart.',
  },
  {
    of: '',
    lang: 'es',
    day: '02-14',
    title: 'Quién manda en la costa',
    text: 'Un viaje de Dunkerque a Boulogne: Natacha Bouchart gobierna Calais desde 2008, Franck Dhersin Téteghem. En Grande-Synthe, Damien Carême abrió La Linière en 2016 y se fue a Estrasburgo. En Gravelines manda la central nuclear. Los de Salam cocinan para 400, los de Emmaüs para 250, y en Loon-Plage no cocina nadie. Hablamos con un pescador, una monja y un cartero que no quieren dar su nombre.',
  },
  {
    of: '',
    lang: 'it',
    day: '09-20',
    title: 'Droni sulla Manica',
    text: 'Thales e Airbus si dividono il cielo della Manica: 64 droni nel 2025, 118 nel 2026, 127 nel 2027. Tra Dunkerque e Berck volano anche di notte. Il deputato Yannick Le Goff ha chiesto i contratti e ne ha avuti 3 su 21. Chi dorme nelle dune li sente e non li vede. La Cabane Juridique raccoglie testimonianze e ha fatto ricorso a Lille contro le immagini conservate per 90 giorni.',
  },
];
