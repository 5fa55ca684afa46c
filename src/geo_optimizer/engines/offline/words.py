"""Tables of words, by language (ISO 639-1). Function words only; written for this project, derived from no corpus."""

from __future__ import annotations


def word_set(text: str) -> frozenset[str]:
    """The words of a table written as running text."""
    return frozenset(text.split())


# Words that carry no topic.
STOP_WORDS: dict[str, frozenset[str]] = {
    "en": word_set("""a about above across after again against all almost also although always am among an and another any anyone anything are around as at
        away back be became because become been before being below between both but by came can cannot come could did do does doing done
        down during each either else enough even ever every few first for from further get gets getting give given go goes going got had
        has have having he her here hers him his how however i if in into is it its itself just keep know last least less let like likely
        made make makes making many may me might more most much must my need needs never new next no nor not now of off often on once one
        only or other others our out over own per perhaps put quite rather really right same say says see seem seems several shall she
        should since so some something soon still such sure take takes than that the their them then there these they thing things this
        those though through thus to today toward towards besides together too two under until up upon us use used uses using very via want was way ways we well
        were what when where whether which while who whole whom whose why will with within without would yet you your
        isn't aren't wasn't weren't don't doesn't didn't can't couldn't won't wouldn't shouldn't haven't hasn't hadn't it's that's
        there's here's what's let's i'm i've i'll i'd you're you've you'll we're we've we'll they're they've they'll"""),
    "de": word_set("""aber alle allem allen aller alles als also am an andere anderen auch auf aus bei beim bereits bis bisher da dabei dafür damit
        dann darauf das dass dazu dem den denen denn der deren des dessen die dies diese diesem diesen dieser dieses doch dort durch ein
        eine einem einen einer eines er es etwa etwas für gibt habe haben hat hatte hatten hier ihm ihn ihnen ihr ihre ihrem ihren ihrer
        im immer in ins ist jede jedem jeden jeder jedes jedoch kann kein keine keinem keinen keiner können mal man mehr mit muss müssen
        nach nicht nichts noch nun nur ob oder ohne schon sehr sein seine seinem seinen seiner seit sich sie sind so sogar soll sollen
        sondern sowie über um und uns unser unsere unter viel viele vom von vor war waren was weil weiter welche wenn wer werden wie wieder
        will wir wird wo wurde wurden zu zum zur zwar zwischen weniger mindestens höchstens sowie sobald
        erste ersten erster erstes zweite zweiten beiden rund knapp ca bzw"""),
    "fr": word_set("""afin ai ainsi alors après au aucun aussi autre autres aux avant avec avoir ce ceci cela celle celui ces cet cette ceux chaque
        chez comme comment d'un d'une dans de depuis des deux donc dont du elle elles en encore entre est et étaient était été être eu
        fait faire font il ils je l' la le les leur leurs lui mais même mes moins mon ne ni nos notre nous on ont or ou où par parce pas
        peu peut peuvent plus pour pourquoi puis qu'il qu'elle qu'un quand que quel quelle qui quoi sa sans se sera ses si son sont sous
        souvent sur ta tandis tous tout toute toutes très trop tu un une vers vos votre vous y c'est n'est qu'une s'il
        j'ai première premier lorsque doit doivent faut contre selon jusqu'à"""),
    "es": word_set("""a al algo algunas algunos ante antes así aún aunque bajo bien cada casi como con contra cual cuando de del desde donde dos durante
        e el él ella ellas ellos en entre era eran es esa esas ese eso esos esta está están estas este esto estos fue fueron ha había han
        hasta hay la las le les lo los más me mediante menos mi mientras mismo mucho muchos muy nada ni no nos nosotros nuestra nuestro o
        otra otras otro otros para pero poco por porque puede pueden que qué quien se sea según ser si sí sido sin sobre solo son su sus
        también tan tanto te tiene tienen toda todas todo todos tras un una unas uno unos y ya yo cómo cuándo dónde primer
        primera primero segunda segundo hace hacer debe deben frente"""),
    "it": word_set("""a ad agli ai al alcuni alla alle allo anche ancora avere aveva c'è che chi ci come con contro cosa così cui da dagli dai dal dalla
        dalle degli dei del dell' della delle dello di dopo dove due e è ed era erano essere fa fino fra già gli ha hanno i il in io l' la
        le lei li lo loro lui ma mentre mi molto ne negli nei nel nella nelle nello noi non nostra nostro o ogni oltre per perché però più
        poco poi può prima qualche quando quanto quella quelle quelli quello questa queste questi questo qui se sempre senza si sia sono
        sotto stata stati stato su sua sue sugli sui sul sulla suo suoi tra tutta tutte tutti tutto un un' una uno vi voi prima primo primi
        seconda secondo fare possono va vanno deve devono circa cioè"""),
    "pt": word_set("""a à ainda alguns ao aos apenas após as às assim até cada com como contra da das de depois desde do dois dos e é ela elas ele eles
        em enquanto entre era eram essa essas esse esses esta está estão estas este estes eu foi foram há isso isto já lhe mais mas me
        mesmo meu minha muito muitos na não nas nem no nos nós nossa nosso num numa o onde os ou outra outras outro outros para pela pelas
        pelo pelos pode podem por porque pouco quando quanto que quem são se sem sempre ser seu seus sido sobre só sua suas também tem têm
        toda todas todo todos três tudo um uma umas uns vez você primeira primeiro segunda segundo fazer faz deve devem menos"""),
    "nl": word_set("""aan al alle alleen als altijd ander andere bij binnen daar daarom dan dat de der deze die dit doen door dus echter een eerst elk
        elke en er ga gaan geen had hadden heb hebben heeft hem hen het hier hij hoe hun iets ik in is ja je kan kunnen maar me meer men
        met mijn moet moeten na naar niet niets nog nu of om omdat onder ons onze ook op over per sinds te tegen ten ter toch toen tot tussen
        u uit uw van veel via voor waar waren was wat we weer wel welke werd werden wie wij worden wordt zal ze zeer zich zij zijn zo
        zonder zou minder minste meeste eerste tweede zo'n ca bijv ruim ongeveer want voordat"""),
}

# Openers that lean on the line before, with or without a connective in front: such a line cannot be quoted alone.
LEANING: dict[str, frozenset[str]] = {
    "en": word_set("""this that these those it its it's they they're their theirs them he he's she she's his her hers him such here here's there
        there's that's this'll that'll they'll they've it'll both neither either one another others each then otherwise again too
        nor which whose whereas yes well ok okay same including except similarly likewise conversely more third fourth fifth"""),
    "de": word_set("""aber allerdings also auch außerdem beide da dabei dadurch dafür dagegen daher damit danach dann daran darauf daraus darin darüber
        darum das davon dazu dem den denen denn dennoch deren deshalb dessen deswegen die dies diese diesem diesen dieser dieses doch dort
        er es hier hierbei ihm ihn ihr ihre ihren jedoch man nun sie so sodass solche somit sondern stattdessen trotzdem und wir ich
        zudem zwar"""),
    "fr": word_set("""ainsi alors aussi car ce ceci cela celle celles celui cependant ces cet cette ceux c'est donc elle elles en enfin ensuite et ici il
        ils je là leur leurs lui mais nous on or ou pourtant puis sa ses son tel telle tous toutefois y ça c'était"""),
    "es": word_set("""además ahí ahora allí así aquella aquello aquí cuya dicha dicho e él ella ellas ellos entonces esa esas ese eso esos esta estas este
        esto estos luego nosotros o pero porque pues se su sus tal también tampoco y ya yo"""),
    "it": word_set("""allora anche ciò così dunque e ecco ed egli essa esse essi esso infatti inoltre invece io lei loro lui ma noi o perciò però poi
        quella quelle quelli quello questa queste questi questo quindi si sua sue suo suoi tale tali tuttavia qui"""),
    "pt": word_set("""além aliás ali aqui aquela aquele aquilo assim contudo e ela elas ele eles então entretanto essa essas esse esses esta estas este
        estes eu isso isto lá logo mas nós o os ou pois porém portanto seu seus sua suas tal também todavia já"""),
    "nl": word_set("""beide bovendien daar daarbij daarmee daarna daarnaast daarom daarop daarvoor dan dat deze die dit dus echter en er haar hem hen het
        hier hierbij hierdoor hij hun ik maar men of ook toch toen vervolgens want we wij ze zij zijn zo zulke"""),
}

# Sections that conclude, advise or look back.
CONCLUDING: dict[str, tuple[str, ...]] = {
    "en": (
        "conclusion", "summary", "wrap", "takeaway", "lesson", "what this means", "what to do", "next step", "recommend", "advice", "tips",
        "best practice", "final thought", "closing", "in short", "how to start", "what we learned", "what i learned", "going forward",
    ),
    "de": ("fazit", "schluss", "zusammenfassung", "ausblick", "empfehlung", "tipps", "was tun"),
    "fr": ("conclusion", "bilan", "synthèse", "conseil", "recommandation"),
    "es": ("conclusi", "resumen", "consejo", "recomendaci"),
    "it": ("conclusion", "sintesi", "consigli", "raccomandazion"),
    "pt": ("conclus", "resumo", "conselho", "recomenda", "dicas"),
    "nl": ("conclusie", "samenvatting", "advies", "aanbeveling", "tips", "tot slot"),
}  # fmt: skip

# Words by which a sentence advises, obliges or concludes.
ADVISING: dict[str, frozenset[str]] = {
    "en": word_set("should must need needs ought recommend recommended avoid ensure remember never always better best essential important"),
    "de": word_set("sollte sollten muss müssen empfehlen empfiehlt empfehlenswert lohnt sinnvoll wichtig braucht brauchen"),
    "fr": word_set("doit doivent devrait devraient faut conseillé recommandé recommande vaut mieux important nécessaire essentiel"),
    "es": word_set("debe deben debería deberían conviene recomienda recomendamos necesita necesitan importante hay"),
    "it": word_set("deve devono dovrebbe dovrebbero conviene bisogna consigliamo serve servono importante necessario"),
    "pt": word_set("deve devem deveria deveriam convém recomenda precisa precisam importante necessário"),
    "nl": word_set("moet moeten zou beter aanbevolen raden nodig belangrijk verstandig"),
}

# Subordinators: what they open is not a main clause.
SUBORDINATORS = word_set(
    "if when while whilst although though because as since after before once until unless whenever wherever whereas whether where"
)
# A line that opens with one of these is a question or has lost its subject.
AUXILIARIES = word_set("""can could will would should must may might is are was were has had does did am""")
