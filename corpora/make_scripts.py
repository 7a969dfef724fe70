#!/usr/bin/env python3
"""Writes scripts.txt: short original texts in many scripts, with every kind of trouble a text pipeline meets.

Where the exact code points matter they are written as escapes or derived here (NFD from NFC, jamo from syllables),
so that no editor can change them unseen; `verify` then checks the finished text for each property it is meant to have.

Usage:
  make_scripts.py            write scripts.txt beside this script
  make_scripts.py --check    compare it with what would be written
"""

import argparse
import sys
import unicodedata
from pathlib import Path

TARGET = Path(__file__).resolve().parent / "scripts.txt"

ZWJ, ZWNJ, VS15, VS16, KEYCAP = "\u200D", "\u200C", "\uFE0E", "\uFE0F", "\u20E3"
LRM, RLM, LRI, RLI, PDI = "\u200E", "\u200F", "\u2066", "\u2067", "\u2069"
WORD_JOINER, SOFT_HYPHEN, NO_BREAK, IDEOGRAPHIC_SPACE = "\u2060", "\u00AD", "\u00A0", "\u3000"

LATIN = """\
Zoë and Renée left the café after dusk; the señora lit the lamp over the façade.
À l’aube, l’élève naïf a rêvé d’une forêt où même le bûcheron se tait.
Der Müller größter Ärger ist ein Mühlrad, das im März noch gefroren ist.
Mañana el niño traerá piñones, higos y un pingüino de papel.
Em São Brás, o pão e a maçã são da irmã; o avô põe o chá.
Žluťoučký čaj voní; kůň pije z řeky a děti přišly až večer.
Późną jesienią wędrowny żółw niósł łódkę pod świerkową gałąź.
Őszi szél fúj, a kút mellett űzött nyúl ül és hűvös fűre vár.
Åsa og Bjørn rodde over fjorden; på øya stod æbletrær og et blått hus.
Gökyüzü açılınca çoban, ıslak şalını İzmir’e giden eşeğe serdi.
Ķirsis sarka, bērns skrēja, un māte cepa maizi; žąsis ėjo į šiaurę.
Ƙanƙara ta rufe ƙofar ɗaki, ɓera ya gudu; àwọn ẹyẹ ń kọrin lórí igi ńlá."""

VIETNAMESE = """\
Buổi sáng, bà cụ thắp đèn bên cửa sổ rồi gọi cháu dậy ăn cháo nóng.
Con thuyền nhỏ đợi dưới gốc đa, nước lặng như gương và sương chưa tan.
Những người thợ gốm kể rằng mỗi chiếc bình đều nhớ bàn tay đã nặn ra nó.
Ngoài vườn, quả bưởi vàng rụng xuống cỏ; lũ trẻ cười và chạy ùa tới.
Đường về quê dài mười dặm, nhưng câu chuyện kể dọc đường còn dài hơn."""

KOREAN = """\
할머니는 저녁마다 창가에 등불을 켜고 강을 건너는 사람들을 기다렸다.
빵집 고슴도치는 새벽에 일어나 밀가루를 체에 치고 노래를 흥얼거린다.
“길을 잃었니?” 하고 부엉이가 물었다. “아니, 길이 나를 찾고 있어.”
눈이 많이 온 날, 우리는 다리 위에서 꿀떡과 따뜻한 보리차를 나눠 먹었다.
값없이 얻은 여덟 개의 밤을 닭과 여우가 똑같이 나누었다."""

GREEK = """\
Ἡ γραῖα τὸν λύχνον ᾗ ἥψατο παρὰ τῇ θυρίδι, καὶ ὁ ποταμὸς ἐσίγα.
Ὦ φίλε ἀλώπηξ, ᾤχετο ὁ χειμών· τί οὖν ᾄδεις τῷ ὄρθρῳ;
Ἀεὶ ὁ ἄρτος τοῖς ὁδίταις ἡδύς, ὡς τὸ ὕδωρ τοῖς διψῶσιν.
Το φανάρι στο παράθυρο καίει ακόμη· ο δρόμος είναι μακρύς, ο γάιδαρος αργός κι ο αϊτός ψηλά.
Ο ΟΔΥΣΣΕΑΣ ΚΑΙ Ο ΦΙΛΟΣ ΤΟΥ· ο Οδυσσέας και ο φίλος του."""

CYRILLIC = """\
Старая мельничиха зажгла лампу, и ёжик понёс в корзине ещё тёплый хлеб.
«Чей это мостик?» — спросил рыжий, как йод, лис. «Ничей, — ответила река, — или твой».
Їжак і ґава їли єдиний пиріг; під вечір пішов дощ, але їм було байдуже.
Ў лесе цёмна, а ў хаце ціха: бабуля вяжа шкарпэткі і спявае.
Ђак и њушкасти џукац љуљали су се на тањој грани; ћерка им се смејала.
Қоңыр күзде әже өрік қайнатты, ал үкі шаңырақта ұйықтады."""

DEVANAGARI = """\
बूढ़ी चक्कीवाली ने खिड़की पर दीपक जलाया और नदी चुपचाप बहती रही।
क्षत्रिय ने पूछा, “ज्ञान किस रास्ते मिलता है?” उल्लू ने उत्तर दिया, “जो रास्ता प्रश्न पूछे।”
सर्दियों में बच्चों ने गुड़, तिल और मूँगफली की मिठाई बनाई; कुत्ते ने भी हिस्सा माँगा।
श्रद्धा और विद्या, दोनों बहनें, पर्वत के उस पार स्कूल जाती हैं।
दृष्टि, स्त्री, राष्ट्र, अर्द्ध, कर्त्ता और ह्रस्व: इन शब्दों में अक्षर हाथ पकड़कर चलते हैं।
गोष्ठ्यां वृद्धा दीपं प्रज्वालयति, शिष्याः च तूष्णीं शृण्वन्ति॥"""

BENGALI = """\
বুড়ি জানালায় প্রদীপ জ্বালিয়ে নদীর দিকে তাকিয়ে রইল।
ক্ষুদ্র শালিক জিজ্ঞাসা করল, “আজ বৃষ্টি হবে কি?” পেঁচা বলল, “হ্যাঁ, সন্ধ্যায়।”
রান্নাঘরে গরম রুটির গন্ধ, উঠোনে কুয়াশা, আর দূরে রাখালের বাঁশি।
শক্ত মাটিতে যে গাছ জন্মায়, তার ছায়া সবচেয়ে স্নিগ্ধ।"""

TAMIL = """\
பாட்டி ஜன்னலில் விளக்கை ஏற்றி, ஆற்றைக் கடப்பவர்களுக்காகக் காத்திருந்தாள்.
“வழி தெரியுமா?” என்று நரி கேட்டது. “வழிக்கு என்னைத் தெரியும்,” என்றது ஆமை.
மழை நின்றதும் குழந்தைகள் கொய்யாப் பழங்களைப் பகிர்ந்து உண்டார்கள்.
ஸ்ரீரங்கத்தில் கோவில் மணி ஒலித்தது; க்ஷணத்தில் புறாக்கள் பறந்தன."""

OTHER_INDIC = """\
ગુજરાતી: ડોસીએ બારીમાં દીવો મૂક્યો ને વાર્તા શરૂ કરી.
ਪੰਜਾਬੀ: ਬੇਬੇ ਨੇ ਦੀਵਾ ਬਾਲਿਆ ਤੇ ਬੱਚਿਆਂ ਨੂੰ ਰੋਟੀ ਦਿੱਤੀ।
తెలుగు: అవ్వ కిటికీలో దీపం పెట్టి పిల్లలకు కథ చెప్పింది.
ಕನ್ನಡ: ಅಜ್ಜಿ ಕಿಟಕಿಯಲ್ಲಿ ದೀಪ ಇಟ್ಟು ಮಕ್ಕಳಿಗೆ ಕಥೆ ಹೇಳಿದಳು.
മലയാളം: മുത്തശ്ശി ജനാലയിൽ വിളക്കു കൊളുത്തി കുട്ടികൾക്കു കഥ പറഞ്ഞു.
සිංහල: ආච්චි ජනේලයේ පහන දල්වා ළමයින්ට කතාවක් කීවාය."""

SOUTH_EAST_ASIAN = """\
ไทย: ยายจุดตะเกียงไว้ที่หน้าต่าง แล้วนั่งรอคนข้ามแม่น้ำจนดึก
เม่นตัวน้อยถามว่า “ทำไมขนมปังหอมจัง” ยายตอบว่า “เพราะใจเย็น ๆ”
พรุ่งนี้น้ำขึ้น เรือจะออกเดินทางไปที่เกาะใกล้ ๆ เพื่อซื้อเกลือ กำยำ และผ้าไหม
ลาว: ແມ່ເຖົ້າໄຕ້ໂຄມໄວ້ຢູ່ປ່ອງຢ້ຽມ ແລ້ວເລົ່ານິທານໃຫ້ເດັກນ້ອຍຟັງ
ខ្មែរ: យាយអុជចង្កៀងនៅមាត់បង្អួច ហើយនិទានរឿងឲ្យក្មេងៗស្ដាប់។
မြန်မာ: အဘွားသည် ပြတင်းပေါက်တွင် မီးအိမ်ထွန်းပြီး ကလေးများကို ပုံပြင်ပြောသည်။"""

ARABIC = """\
أَشْعَلَتِ العَجُوزُ مِصْبَاحًا فِي النَّافِذَةِ، وَجَلَسَتْ تَنْتَظِرُ العَائِدِينَ.
قال الثعلب: «هل ضعتَ في الطريق؟» فأجاب القنفذ: «لا، لكنّ الطريق طويل».
في السوق خبزٌ وتمرٌ وزيتون، وثلاثة أطفال يعدّون النجوم: ١، ٢، ٣.
جـــمـــيـــل هو المساء حين تهدأ الريح."""

HEBREW = """\
הַזְּקֵנָה הִדְלִיקָה נֵר בַּחַלּוֹן וְחִכְּתָה לַחוֹזְרִים מִן הַדֶּרֶךְ.
שָׁאַל הַשּׁוּעָל: ״לְאָן אַתָּה הוֹלֵךְ?״ עָנָה הַקִּפּוֹד: ״הַבַּיְתָה, אִם יִרְצֶה הַנָּהָר.״
בשוק יש לחם, תמרים וזיתים; וג׳ירף אחד מנייר."""

JAPANESE = """\
おばあさんは毎晩、窓辺にランプを灯し、川を渡る人を待っていました。
ハリネズミのパン屋は、夜明け前に起きて、ふるいで粉をふるいます。
「道に迷ったの？」とフクロウが聞くと、「いいえ、道が私を探しているのです」と答えた。
がぎぐげご、ぱぴぷぺぽ、ヴァイオリン。人々は時々、佐々木さんの店で珈琲を飲む。"""

CHINESE = """\
老婆婆每晚在窗前点一盏灯，等过河的人回家。
刺猬面包师天不亮就起床，一边筛面粉，一边哼小曲。
“你迷路了吗？”猫头鹰问。“没有，”小狐狸说，“是路在找我。”
冬至那天，我們在橋上分吃熱餅；雪落無聲，遠處有鐘。
𠮷野家旁邊住著一位姓𡈽的老人，他說「𩸽」是一種魚。"""

OTHERS = """\
አማርኛ፦ አሮጊቷ በመስኮቱ ላይ መብራት አብርታ ተጓዦችን ጠበቀች። ጃርቱም ዳቦ ጋገረ፤ ቀበሮው ሳቀ።
Հայերեն՝ Տատիկը պատուհանին լամպ վառեց և սպասեց գետն անցնողներին։
ქართული: ბებიამ ფანჯარაში ლამპა აანთო და ზღაპარი დაიწყო.
ᏣᎳᎩ: ᎣᏏᏲ, ᏙᎯᏧ?
བོད་ཡིག: བཀྲ་ཤིས་བདེ་ལེགས། མེ་ཏོག་དམར་པོ་བཞད།
Монгол: ᠮᠣᠩᠭᠣᠯ ᠪᠢᠴᠢᠭ
ⵜⴰⵎⴰⵣⵉⵖⵜ: ⴰⵣⵓⵍ ⴼⵍⵍⴰⵡⵏ
ܫܠܡܐ: ܢܘܗܪܐ ܒܟܘܬܐ
ދިވެހި: ބައްތި ދިއްލައިގެން އިންނެވި މުނިކަނބުލޭގެ"""

COMBINING_ORDERS = [
    ("one mark, precomposed", "caf\u00E9 \u00C5ngstr\u00F6m \u1EE9 \u1E69"),
    ("one mark, decomposed", "cafe\u0301 A\u030Angstro\u0308m u\u031B\u0301 s\u0323\u0307"),
    ("partly composed", "\u01B0\u0301 u\u0301\u031B \u1E61\u0323 \u1E63\u0307"),
    ("marks in canonical order (below before above)", "q\u0323\u0307 a\u0316\u0301 o\u0328\u0304"),
    ("marks in the other order (above before below)", "q\u0307\u0323 a\u0301\u0316 o\u0304\u0328"),
    ("two marks of one class, order matters", "a\u0301\u0308 a\u0308\u0301"),
    ("a mark with nothing before it in its word", "x \u0301y"),
    ("many marks on one letter", "z" + "\u0301\u0316\u0302\u0317\u0303\u0318\u0304\u0319\u0305\u031C"),
    ("a mark across two letters", "t\u0361s k\u035Fp"),
    ("singletons", "\u212B \u2126 \u212A \u1F71 \u2000|"),
    ("excluded from composition", "\u0958 \u09DC \uFB2A \u2ADC"),
    ("joiner between marks", "a\u0301\u034F\u0316 a\u0316\u034F\u0301"),
    ("Hebrew points in typing order and in canonical order", "\u05E9\u05BC\u05C1\u05B8 \u05E9\u05B8\u05BC\u05C1"),
    ("Arabic vowel and doubling in both orders", "\u0628\u0651\u064E \u0628\u064E\u0651"),
    ("Tibetan vowels", "\u0F40\u0F71\u0F72\u0F74 \u0F40\u0F74\u0F72\u0F71"),
    ("Bengali and Tamil two-part vowels, whole and in parts", "\u0995\u09CB \u0995\u09C7\u09BE \u0B95\u0BCA \u0B95\u0BC6\u0BBE"),
]

HANGUL_PARTS = [
    ("syllables", "\uAC01 \uD55C\uAE00 \uAF43"),
    ("conjoining jamo of the same", "\u1100\u1161\u11A8 \u1112\u1161\u11AB\u1100\u1173\u11AF \u1101\u1169\u11BE"),
    ("a syllable and a trailing jamo", "\uAC00\u11A8 \uD558\u11AB"),
    ("old jamo without a syllable of their own", "\u1112\u119E\u11AB\u1100\u1173\u11AF \u1140\u1163\u11F9"),
    ("lone vowels and consonants", "\u1161 \u11A8 \u1100 \u1100\u1100\u1161"),
    ("compatibility jamo", "\u3131\u314F\u3147 \u314B\u314B\u314B \u3160\u3160"),
    ("half-width jamo", "\uFFA1\uFFC2\uFFB7"),
]

JOINERS = [
    ("Persian with a non-joiner", f"می{ZWNJ}خواهم خانه{ZWNJ}ها را ببینم و کتاب{ZWNJ}هایم را بخوانم؛ نمی{ZWNJ}دانم چرا."),
    ("the same without", "میخواهم خانهها را ببینم و کتابهایم را بخوانم؛ نمیدانم چرا."),
    ("Arabic letters kept joined", f"ه{ZWJ} ـهـ ه{ZWJ}{ZWNJ} ب{ZWJ}"),
    ("Hindi conjunct, half form, visible virama",
     f"\u0915\u094D\u0937 \u0915\u094D{ZWJ}\u0937 \u0915\u094D{ZWNJ}\u0937 \u0930\u094D{ZWJ}\u092F \u0930{ZWJ}\u094D\u092F"),
    ("Hindi sentence with both", f"उद्{ZWNJ}गम और उद्गम, शक्{ZWJ}ति और शक्ति, पक्{ZWNJ}का और पक्का।"),
    ("Malayalam chillu, atomic and by joiner", f"\u0D05\u0D35\u0D7B \u0D05\u0D35\u0D28\u0D4D{ZWJ}"),
    ("Sinhala touching letters", f"ශ්{ZWJ}රී ක්{ZWJ}ෂ"),
    ("Bengali khanda ta and its spelling by joiner", f"\u09CE \u09A4\u09CD{ZWJ}"),
    ("invisible characters in Latin", f"co{SOFT_HYPHEN}op{SOFT_HYPHEN}er{SOFT_HYPHEN}ate foo{WORD_JOINER}bar 10{NO_BREAK}km no{ZWNJ}space ze\u200Bro"),
    ("bidirectional marks", f"{RLM}עברית{RLM} {LRM}C++{LRM} {LRI}left{PDI} {RLI}ימין{PDI} \u202Bold\u202C"),
]

FAMILY = ZWJ.join(["\U0001F469", "\U0001F469", "\U0001F467", "\U0001F466"])
EMOJI = [
    ("families and couples", f"{FAMILY} {ZWJ.join(['👨', '👩', '👧'])} {ZWJ.join(['👩', '❤' + VS16, '💋', '👨'])}"),
    ("trades with skin tones", " ".join(
        person + tone + ZWJ + tool
        for person in "\U0001F469\U0001F468\U0001F9D1"
        for tone, tool in zip(["", "\U0001F3FB", "\U0001F3FC", "\U0001F3FD", "\U0001F3FE", "\U0001F3FF"],
                              ["\U0001F33E", "\U0001F373", "\U0001F3A8", "\U0001F52C", "\U0001F680", "\u2695" + VS16]))),
    ("skin tones", " ".join(hand + tone for hand in "\U0001F44B\U0001F44D\u270C"
                            for tone in ["\U0001F3FB", "\U0001F3FC", "\U0001F3FD", "\U0001F3FE", "\U0001F3FF"])),
    ("handshake of two tones", "\U0001FAF1\U0001F3FB\u200D\U0001FAF2\U0001F3FF"),
    ("a tone with nothing to colour", "\U0001F3FD a\U0001F3FD"),
    ("flags", " ".join("".join(chr(0x1F1E6 + ord(c) - ord("A")) for c in code)
                       for code in "IS NO JP KR IN BD ET BR MX ZA GE AM UA GR IL EG IR TH VN".split())),
    ("flags without spaces, the last one cut", "\U0001F1EB\U0001F1F7\U0001F1EE\U0001F1F9\U0001F1EA"),
    ("flags by joiner and by tags", f"\U0001F3F3{VS16}{ZWJ}\U0001F308 \U0001F3F4{ZWJ}\u2620{VS16} \U0001F3F4"
     + "".join(chr(0xE0000 + ord(c)) for c in "gbsct") + "\U000E007F"),
    ("keycaps", " ".join(key + VS16 + KEYCAP for key in "0123456789#*") + " 7" + KEYCAP),
    ("text and picture style", f"\u2764{VS15} \u2764{VS16} \u2764 \u263A{VS15} \u263A{VS16} \u231A{VS15} \u00A9{VS16} \u3030{VS16}"),
    ("joiners that join nothing", f"\U0001F600{ZWJ} {ZWJ}\U0001F600 \U0001F600{ZWJ}\U0001F600 a{ZWJ}\U0001F600"),
    ("talk", "The kettle is on 🫖, the snow is deep ❄️, and 🦊 says “see you at eight” 🕗👍🏽 — bring 🥖🧀🍎!"),
    ("more talk", "明日は🍣？ いいね👌🏼！ 🚲で行く🏃🏾‍♀️💨 … ¡qué ilusión! 🥳🎉🇪🇸"),
    ("ideographs with variation selectors", "\u845B\U000E0100 \u845B\U000E0101 \u8FBB\U000E0101 \u2269\uFE00 \u1820\u180B"),
]

COMPATIBILITY = [
    ("ligatures", "\uFB01re e\uFB03cient \uFB02y \uFB00 \uFB04uent \uFB06 \uFB13 \u01C4 \u0132 \u0587"),
    ("circled, bracketed, roman", "\u2460 \u2461 \u2462 \u24B6 \u24E9 \u2474 \u249C \u2167 \u217C \u3251 \u32B7 \u24FF"),
    ("squared", "\u337F \u3300 \u3313 \u339D \u33A5 \u33C2 \u3371 \u32C0 \u33E0 \u32FF \U0001F210"),
    ("full-width and half-width", "\uFF26\uFF55\uFF4C\uFF4C\u3000\uFF37\uFF49\uFF44\uFF54\uFF48\uFF01\uFF11\uFF12\uFF13 "
     "\uFF8A\uFF9F\uFF9D\uFF94 \uFF76\uFF9E\uFF76\uFF9E \uFFE5\uFFE6"),
    ("super, sub, fractions", "x\u00B2 + y\u00B3 = z\u207F, H\u2082O, \u00BD \u2153 \u215E, 5\u204410, \u2070\u2071\u2090"),
    ("signs", "\u2122 \u2120 \u2121 \u2116 \u2103 \u2109 \u3392 \u00B5 \u2113 \u2026 \u203C \u2049 \u2048 \u2057 \u222D \u222F"),
    ("Arabic forms and ligatures", "\uFE8D\uFEDF\uFEB4\uFEFC\uFEE1 \uFEFB \uFDF2 \uFDFA \uFDFD"),
    ("Hebrew forms", "\uFB21 \uFB4F \uFB2B \uFB1D"),
    ("CJK compatibility ideographs", "\uF900 \uF91D \uFA10 \u2F00 \u2FD5 \U0002F800 \u2E9F"),
    ("mathematical letters", "".join(chr(0x1D400 + n) for n in range(26)) + " " + "".join(chr(0x1D51E + n) for n in range(26))
     + " " + "".join(chr(0x1D7CE + n) for n in range(50)) + " \U0001D6FC\U0001D6FD\U0001D735 \u210B\u2102\u211D\u2124 \U0001D54F"),
    ("mathematics", "\u2200x \u2208 \u211D \u2203y: x\u00B2 \u2264 y \u2227 \u00AC(x \u2260 y) \u21D2 \u222B\u2080\u221E e\u207B\u02E3 dx = 1; "
     "\u2260 =\u0338 \u226E <\u0338 \u2AB8 \u22DB\uFE00"),
    ("music", "\U0001D11E \U0001D122 \U0001D15E \U0001D160 \U0001D157\U0001D165 \U0001D158\U0001D165\U0001D16E \u266D \u266E \u266F \U0001D12B "
     "\U0001D15F\U0001D16D"),
    ("case trouble", "Stra\u00DFe STRASSE \u1E9E \u0130i \u0131I \u017Fong \u03C3\u03C2\u03A3 \uFB03 \u0149 \u01F0 \u0390 \u1FB3 \u0345 \u1E9B\u0323 \uAB70 \u13A0"),
    ("other spaces", "a\u2002b\u2003c\u2009d\u200Ae\u202Ff\u205Fg\u1680h\u3000i"),
    ("other line ends inside a line", "a\u0085b\u2028c\u2029d\u000Be\u000Cf"),
    ("rare planes", "\U00010330\U00010331 \U00012000 \U00013000 \U00010400\U00010428 \U0001E900\U0001E922 \U0001F600 \U00020000 \U0002A6D6 \U000F0000 \U0010FFFD"),
    ("edges of UTF-8 lengths", "\u007E\u007F \u0080 \u07FF \u0800 \uD7FF \uE000 \uFFFD \U00010000 \U0010FFFF"),
]

CRLF_VERSE = """\
This part was typed on an old machine,
and every line ends in two.
Le café fume; la fenêtre est pleine de neige.
창밖에는 눈이, 창 안에는 불이.
दीया जले, कहानी चले।
🏡 lamp, 🥖 bread, 👩‍👧 and a road.

An empty line came before this one,
and here a lone carriage return \r stands inside.
A CR, then a mark: \r\u0301 (the mark has no letter to sit on)."""


def pairs(items):
    return "\n".join(f"{label}: {text}" for label, text in items)


def both_forms(title, text):
    """A section composed, then the same section decomposed."""
    if unicodedata.normalize("NFC", text) != text:
        raise ValueError(f"{title}: the text in this script is not NFC; an editor has changed it")
    return [(title + ", composed", text), (title + ", decomposed", unicodedata.normalize("NFD", text))]


def sections():
    return [
        *both_forms("Latin", LATIN),
        *both_forms("Vietnamese", VIETNAMESE),
        ("Combining marks", pairs(COMBINING_ORDERS)),
        *both_forms("Korean", KOREAN),
        ("Hangul in parts", pairs(HANGUL_PARTS)),
        *both_forms("Greek", GREEK),
        *both_forms("Cyrillic", CYRILLIC),
        ("Devanagari", DEVANAGARI),
        ("Bengali", BENGALI),
        ("Tamil", TAMIL),
        ("Six more of India and Lanka", OTHER_INDIC),
        ("South-East Asia", SOUTH_EAST_ASIAN),
        ("Arabic", ARABIC),
        ("Hebrew", HEBREW),
        ("Joiners and marks that are not seen", pairs(JOINERS)),
        *both_forms("Japanese", JAPANESE),
        ("Chinese", CHINESE),
        ("Other scripts", OTHERS),
        ("Emoji", pairs(EMOJI)),
        ("Compatibility and edges", pairs(COMPATIBILITY)),
    ]


def compose():
    parts = [f"== {title} ==\n{text}\n" for title, text in sections()]
    crlf = f"== CRLF ==\n{CRLF_VERSE}\n\n".replace("\n", "\r\n")
    last = "== The end ==\nThe last line has no end: naïve cafe\u0301 \U0001F1EE\U0001F1F8"
    return "\n".join(parts) + "\n" + crlf + last


def verify(text):
    """Raises ValueError, naming the property, if the text lacks one of those it was written for."""
    nfc, nfd = unicodedata.normalize("NFC", text), unicodedata.normalize("NFD", text)
    nfkc, nfkd = unicodedata.normalize("NFKC", text), unicodedata.normalize("NFKD", text)
    properties = {
        "is changed by each normalisation, and each gives another text": len({text, nfc, nfd, nfkc, nfkd}) == 5,
        "is encodable as UTF-8 and comes back": text.encode().decode() == text,
        "does not start with a byte order mark": not text.startswith("\uFEFF"),
        "has CRLF, lone LF and lone CR": text.count("\r\n") >= 10 and "\n\n" in text and "\r " in text and "\r\u0301" in text,
        "has LF sections before the CRLF section": "\r" not in text[:text.index("== CRLF")],
        "does not end with a line end": text[-1] not in "\r\n",
        "has no NUL": "\0" not in text,
        "has marks out of canonical order": "q\u0307\u0323" in text and "q\u0323\u0307" in text,
        "has composed and decomposed Hangul": "\uAC01" in text and "\u1100\u1161\u11A8" in text,
        "has a family of four in seven code points": FAMILY in text and len(FAMILY) == 7,
        "has regional indicators in odd number": sum(0x1F1E6 <= ord(c) <= 0x1F1FF for c in text) % 2 == 1,
        "has both joiners and both variation styles": all(c in text for c in (ZWJ, ZWNJ, VS15, VS16, KEYCAP)),
        "reaches every length of UTF-8 and the last code point": all(c in text for c in "\u007F\u0080\u07FF\u0800\uE000\U00010000\U0010FFFF"),
        "is 15 to 40 kB": 15_000 <= len(text.encode()) <= 40_000,
    }
    for name, holds in properties.items():
        if not holds:
            raise ValueError(f"the text no longer fulfils: {name}")


def main():
    parser = argparse.ArgumentParser(description="Writes a text of many scripts.")
    parser.add_argument("--check", action="store_true", help="compare the committed file with what would be written")
    arguments = parser.parse_args()
    try:
        text = compose()
        verify(text)
    except ValueError as error:
        return f"make_scripts.py: {error}"
    data = text.encode()
    if not arguments.check:
        TARGET.write_bytes(data)
    elif not TARGET.is_file() or TARGET.read_bytes() != data:
        return "make_scripts.py: scripts.txt differs from what this script makes; run it without --check"
    print(f"scripts.txt: {len(data)} bytes, {len(text)} code points, {len(set(text))} distinct")
    return None


if __name__ == "__main__":
    sys.exit(main())
