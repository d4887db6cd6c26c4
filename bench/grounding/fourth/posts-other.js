// German, Spanish and French posts about pages of `extract-snippets` and Japanese ones about retold facts of official reports, written by hand
// before the rules of this state were read. Lines and halves as in posts-en.js.
export const POSTS_OTHER = [
  {
    lang: 'de',
    page: '0727',
    set: 'snippets',
    lines: [
      ['N', 'units', 'Bis Oktober 2022 kamen gut 807 500 neue Wärmeerzeuger auf den Markt.'],
      ['N', 'fraction', 'Knapp ein Viertel des Gesamtmarktes, nämlich 23 %, entfällt auf Wärmepumpen.'],
      ['D', 'points', 'Gas liegt mit 62 Prozent um 39 Prozentpunkte vor den Wärmepumpen.'],
      ['W', 'points', 'Gas liegt damit um 49 Prozentpunkte vor den Wärmepumpen.'],
      ['F', 'figure', 'In den ersten drei Quartalen wurden 138.500 Heizungs-Wärmepumpen verkauft.'],
      ['F', 'percent', 'Der gesamte Markt legte um 5 Prozent zu.'],
      ['F', 'percent', 'Holzbasierte Heizsysteme verzeichneten ein Plus von 12 Prozent.'],
      ['S', 'trend', 'Der Absatz von Gasgeräten stieg um 9 Prozent gegenüber dem Vorjahr.'],
      ['S', 'subject', 'Wärmeerzeuger mit Öl legten um 21 Prozent zu.'],
      ['P', 'paraphrase', 'Als Gründe nennt der Verband teurere fossile Energie und Sorgen um die Versorgung.'],
    ],
  },
  {
    lang: 'de',
    page: '0650',
    set: 'snippets',
    lines: [
      ['N', 'date', 'Der Stopp wurde am 24.1.2022 bekannt.'],
      ['F', 'code', 'Endgültig eingestellt wird die Förderung für das Effizienzhaus 40.'],
      ['F', 'date', 'Die EH55-Förderung wäre ohnehin zum Jahresende ausgelaufen.'],
      ['S', 'polarity', 'Vom Programmstopp betroffen ist auch die BEG-Förderung von Einzelmaßnahmen des BAFA.'],
      ['S', 'plan', 'Bundesregierung und KfW haben ein Darlehensprogramm beschlossen.'],
      ['S', 'hedge', 'Die Förderung für Sanierungen wird endgültig gestoppt.'],
      ['S', 'polarity', 'Für diese Anträge reichen die bereitgestellten Haushaltsmittel aus.'],
      ['P', 'paraphrase', 'Im Januar gingen weit mehr Anträge ein, als Geld vorhanden war.'],
    ],
  },
  {
    lang: 'es',
    page: '0834',
    set: 'snippets',
    lines: [
      ['N', 'units', 'La JEP ha documentado 6402 falsos positivos.'],
      ['N', 'units', 'Los pueblos étnicos suman 1.396.342 víctimas.'],
      ['N', 'about', 'Más de 18.000 niños y niñas fueron reclutados por las Farc.'],
      ['F', 'figure', 'El exterminio de la Unión Patriótica dejó 5.337 víctimas.'],
      ['F', 'date', 'La Operación Orión tuvo lugar en octubre de 2004.'],
      ['F', 'figure', 'El macrocaso 08 investigará crímenes con 259.992 víctimas estimadas.'],
      ['F', 'place', 'La incursión militar en la Comuna 13 de Cali generó el desplazamiento de cientos de familias.'],
      [
        'S',
        'subject',
        'El macrocaso 09 se centrará en los crímenes de la Fuerza Pública en connivencia con paramilitares.',
      ],
      ['S', 'plan', 'La JEP abrió los tres macrocasos en agosto de 2021.'],
      ['P', 'paraphrase', 'Las cifras muestran la magnitud del horror y son un primer paso hacia la justicia.'],
    ],
  },
  {
    lang: 'es',
    page: '0835',
    set: 'snippets',
    lines: [
      ['N', 'date', 'El acta de inicio lleva fecha del 11/03/2022.'],
      ['N', 'words', 'Tres autobuses fueron grabados el último día de abril, un sábado.'],
      ['F', 'figure', 'El contrato con la Alcaldía asciende a $12.627 millones.'],
      ['F', 'date', 'Los buses fueron grabados el sábado 23 de abril.'],
      ['F', 'code', 'Los vehículos estaban en el cruce de la calle 74 con la carrera 81A.'],
      ['F', 'name', 'El concejal Daniel Duarte reveló que las placas pertenecen a esa flota.'],
      ['S', 'scope', 'Los tres buses llevaban en el parabrisas un distintivo de la Alcaldía.'],
      ['S', 'hedge', 'Se confirmó el uso de recursos de la Alcaldía para la campaña de Petro.'],
      ['P', 'paraphrase', 'La ciudad es una plaza decisiva para la coalición de Petro.'],
    ],
  },
  {
    lang: 'fr',
    page: '0191',
    set: 'snippets',
    lines: [
      ['N', 'ordinal', 'La Tunisie se classe 124e sur 153 pays.'],
      ['N', 'percent', 'Le chômage touche 22 % des femmes et 12,2 % des hommes.'],
      ['D', 'points', 'La part des femmes au gouvernement a reculé de 13,1 points entre 2018 et 2019.'],
      ['W', 'points', 'La part des femmes au gouvernement a reculé de 15,1 points.'],
      ['F', 'ordinal', 'Pour la participation politique, le pays est 76e au niveau mondial.'],
      ['F', 'figure', 'Le rapport compare un ensemble de 135 Etats.'],
      ['F', 'date', 'La Constitution de 2012 prévoit cette égalité.'],
      ['S', 'subject', 'Le taux de chômage des hommes est de 22%, celui des femmes de 12.2%.'],
      ['S', 'trend', 'La participation des femmes aux portefeuilles ministériels a augmenté à 10% en 2019.'],
      ['S', 'polarity', 'Le classement de la Tunisie est au-dessus de la moyenne mondiale.'],
      ['P', 'paraphrase', "L'association demande aux autorités de tenir compte de ces chiffres."],
    ],
  },
  {
    lang: 'fr',
    page: '0073',
    set: 'snippets',
    lines: [
      ['N', 'about', 'Quelque quatre-vingts collègues se sont réunis le mardi 10 septembre.'],
      ['N', 'clock', 'La conférence de presse commence à 13 h 30.'],
      ['F', 'figure', 'Des collègues de plus de 40 établissements et écoles étaient présents.'],
      ['F', 'date', 'Plusieurs organisations syndicales appellent à la grève le 27 septembre.'],
      ['F', 'name', 'Le lycée Jules Ferry de Saint-Denis est reçu jeudi au rectorat de Créteil.'],
      ['F', 'clock', 'La conférence de presse est prévue à 14h30 à la Bourse du Travail.'],
      ['S', 'polarity', "Le recteur a répondu qu'il y aurait des sanctions financières."],
      ['S', 'speaker', "Blanquer a répondu qu'il n'y aurait pas de « sanctions financières »."],
      ['P', 'paraphrase', 'Après une semaine de cours, des difficultés invisibles sur le papier sont apparues.'],
    ],
  },
  {
    lang: 'ja',
    url: 'http://ri.bmaa.jp/home/kigyou-tousan-chousa-geppou/201603',
    source: `2016年3月の企業倒産件数は790件で、前月より4.8%増え、前年同月より11.2%減った。負債額は1,761億3,200万円で、前月比7.6%増、前年同月比21.3%減だった。

負債額10億円以上の倒産は29件だった。1件当たりの平均負債額は33億7,100万円である。負債額1000万円未満の倒産は44件で、前月より41.9%増えた。

小規模企業の倒産は682件で、全体に占める割合は86.3%だった。不況型倒産の割合は80%を下回っている。`,
    lines: [
      ['N', 'units', '3月の倒産件数は七百九十件でした。'],
      ['N', 'units', '負債総額はおよそ1761億円に上りました。'],
      ['N', 'percent', '小規模企業が全体の86.3パーセントを占めています。'],
      ['D', 'rest', '小規模企業以外の倒産は108件という計算になります。'],
      ['W', 'rest', '小規模企業以外の倒産は128件という計算になります。'],
      ['F', 'figure', '負債額10億円以上の倒産は39件でした。'],
      ['F', 'percent', '倒産件数は前月より8.4%増えました。'],
      ['F', 'money', '1件当たりの平均負債額は37億3,100万円です。'],
      ['S', 'trend', '倒産件数は前年同月より11.2%増えました。'],
      ['S', 'subject', '不況型倒産の割合は86.3%でした。'],
      ['P', 'paraphrase', '会社の規模が小さいほど厳しい状況が続いています。'],
    ],
  },
  {
    lang: 'ja',
    url: 'http://www.kantei.go.jp/jp/kanpo-shiryo/990414/siry0414.htm',
    source: `総務庁によると、平成10年の単身世帯(平均年齢48.5歳)の1か月平均消費支出は18万4000円で、前年に比べ名目0.2%減った。消費者物価が0.7%上がったため、実質では0.9%の減少となった。

消費支出は平成8年が実質2.4%、9年が2.5%、10年が0.9%と3年連続で減ったが、減少幅は前年より縮小した。

費目別では保健医療が6.2%、教養娯楽が3.8%、住居が2.8%減った。家具・家事用品は4.6%、光熱・水道は2.6%増えた。`,
    lines: [
      ['N', 'era', '1998年の単身世帯の支出は月平均18万4000円でした。'],
      ['N', 'units', '月の平均支出は184,000円です。'],
      ['N', 'words', '消費支出は三年連続で減りました。'],
      ['F', 'money', '1か月の平均消費支出は14万8000円でした。'],
      ['F', 'age', '単身世帯の平均年齢は45.8歳です。'],
      ['F', 'percent', '住居への支出は3.8%減りました。'],
      ['S', 'trend', '光熱・水道への支出は2.6%減りました。'],
      ['S', 'trend', '減少幅は前年より拡大しました。'],
      ['P', 'paraphrase', '一人暮らしの家計では節約の傾向が続いています。'],
    ],
  },
];
