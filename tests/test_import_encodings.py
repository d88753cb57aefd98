"""The encoding of a plain text: told right in many languages, named where it is, never lossy."""

import pytest

from shared_data import PROJECT
from teikit.importing.encodings import UnknownEncoding, decode_text, sample_line

_TEXTS = {
    "ja": (
        "昨日の朝、私は駅の前で古い友人に会いました。彼は三年前に東京へ移り、新聞"
        "社で働いています。「久しぶりだね」と彼は笑って言った。雨が降り始めたので"
        "、二人で喫茶店に入り、コーヒーを飲みながら長い間話をした。"
    ),
    "ko": (
        "어제 아침 나는 역 앞에서 오랜 친구를 만났다. 그는 삼 년 전에"
        " 서울로 이사하여 신문사에서 일하고 있다. 비가 내리기 시작했으므"
        "로 우리는 찻집에 들어가 오랫동안 이야기를 나누었다."
    ),
    "zht": (
        "昨天早晨，我在車站前遇見了一位老朋友。他三年前搬到臺北，在報社工作。「好"
        "久不見」，他笑著說。因為開始下雨，我們走進茶館，一邊喝茶一邊談了很久。學"
        "問之道，貴在持之以恆。"
    ),
    "ru": (
        "Вчера утром я встретил у вокзала старого друга. Три года назад он переехал в Москву "
        "и работает в газете. «Давно не виделись», — сказал он и улыбнулся. Начался дождь, и "
        "мы зашли в чайную, где долго разговаривали."
    ),
    "de": (
        "Gestern früh traf ich vor dem Bahnhof einen alten Freund. Vor drei Jahren ist er nach "
        "München gezogen und arbeitet für eine Zeitung. „Schön, dich zu sehen“, sagte er und "
        "lächelte. Es fing an zu regnen, also gingen wir in ein Café, wo wir uns lange über die "
        "größten Dummheiten unserer Jugend unterhielten."
    ),
    "fr": (
        "Hier matin j’ai rencontré un vieil ami devant la gare. Il y a trois "
        "ans, il s’est installé "
        "à Besançon où il travaille pour un journal. « Ça fait longtemps », dit-il en souriant. "
        "La pluie s’étant mise à tomber, nous sommes entrés dans un café ; là, nous avons causé "
        "très longtemps de notre passé, de l’œuvre commencée."
    ),
    "pl": (
        "Wczoraj rano spotkałem przed dworcem starego przyjaciela. Trzy lata temu przeprowadził "
        "się do Łodzi i pracuje w gazecie. „Dawno się nie widzieliśmy”, powiedział z uśmiechem. "
        "Zaczęło padać, więc weszliśmy do kawiarni, gdzie długo rozmawialiśmy o młodości; żaden "
        "z nas nie chciał wracać."
    ),
    "cs": (
        "Včera ráno jsem před nádražím potkal starého přítele. Před třemi lety se přestěhoval "
        "do Prahy a pracuje v novinách. „Dlouho jsme se neviděli“, řekl s úsměvem. Začalo pršet, "
        "a tak jsme zašli do kavárny, kde jsme si dlouho povídali o mládí."
    ),
    "el": (
        "Χθες το πρωί συνάντησα έναν παλιό φίλο μπροστά στον σταθμό. Πριν από "
        "τρία χρόνια μετακόμισε "
        "στην Αθήνα και εργάζεται σε μια εφημερίδα. Άρχισε να βρέχει και μπήκαμε σε ένα καφενείο, "
        "όπου μιλήσαμε πολλή ώρα."
    ),
    "es": (
        "Ayer por la mañana encontré a un viejo amigo delante de la estación. Hace tres años "
        "se mudó a Logroño y trabaja en un periódico. ¡Cuánto tiempo!, dijo sonriendo. Empezó "
        "a llover, así que entramos en un café, donde hablamos mucho de nuestra niñez."
    ),
    "tr": (
        "Dün sabah istasyonun önünde eski bir arkadaşımla karşılaştım. Üç yıl önce İstanbul'a "
        "taşınmış ve bir gazetede çalışıyor. Yağmur başladı, biz de bir kahveye girip uzun uzun "
        "konuştuk; gençliğimizi düşündük."
    ),
    "en": (
        "Yesterday morning I met an old friend in front of the station. “It’s been a long time,” "
        "he said — and smiled. It began to rain, so we went into a café."
    ),
    "he": (
        "אתמול בבוקר פגשתי חבר ותיק לפני תחנת הרכבת. לפני שלוש שנים הוא עבר לירושלים והוא עובד "
        "בעיתון. התחיל לרדת גשם ונכנסנו לבית קפה ודיברנו שעה ארוכה."
    ),
    "ar": (
        "التقيت صباح أمس بصديق قديم أمام المحطة. انتقل قبل ثلاث سنوات إلى القاهرة وهو يعمل في "
        "جريدة. بدأ المطر يهطل فدخلنا مقهى وتحدثنا وقتا طويلا عن أيام الشباب."
    ),
}
_ENCODINGS = {
    "ja": "cp932 euc_jp iso2022_jp",
    "ko": "euc_kr cp949",
    "zht": "big5 gb18030 big5hkscs",
    "ru": "cp1251 koi8_r iso8859_5 cp866 mac_cyrillic",
    "de": "cp1252 iso8859_1 iso8859_15 mac_roman cp850",
    "fr": "cp1252 iso8859_1 iso8859_15 mac_roman",
    "pl": "cp1250 iso8859_2",
    "cs": "cp1250 iso8859_2",
    "el": "cp1253 iso8859_7",
    "es": "cp1252 iso8859_1",
    "tr": "cp1254 iso8859_9",
    "en": "cp1252 mac_roman",
    "he": "cp1255 iso8859_8",
    "ar": "cp1256 iso8859_6",
}
_CASES = [
    pytest.param(language, encoding, id=f"{language}-{encoding}")
    for language, encodings in _ENCODINGS.items()
    for encoding in encodings.split()
]


@pytest.mark.parametrize("times", [1, 8])
@pytest.mark.parametrize(("language", "encoding"), _CASES)
def test_the_encoding_of_a_few_sentences_is_told(language, encoding, times):
    pytest.importorskip("charset_normalizer", reason="the extra encodings is not installed")
    data = (_TEXTS[language] + "\n").encode(encoding, "ignore") * times
    decoded = decode_text(data, "text.txt")
    assert decoded.text == data.decode(encoding)
    assert data.decode(decoded.encoding) == decoded.text  # as the witness check will read it
    assert not decoded.is_sure and sample_line(decoded.text)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-32"])
@pytest.mark.parametrize("language", ["ja", "fr", "ru"])
def test_unicode_is_told_with_and_without_a_byte_order_mark(language, encoding):
    data = (_TEXTS[language] + "\n" + _TEXTS[language]).encode(encoding)
    decoded = decode_text(data, "text.txt")
    assert decoded.text == data.decode(encoding) == data.decode(decoded.encoding)


@pytest.mark.parametrize("encoding", ["gb18030", "gbk", "utf-16-be", "utf-16-le"])
def test_the_declaration_is_told_in_every_encoding_that_has_it(encoding):
    pytest.importorskip("charset_normalizer", reason="the extra encodings is not installed")
    text = (PROJECT / "tei/source/declaration.txt").read_text(encoding="utf-8")
    for part in (text, text[:300], text[1000:1200]):
        assert decode_text(part.encode(encoding), "text.txt").text == part


@pytest.mark.parametrize(
    ("data", "encoding", "says"),
    [
        (b"a\nb\xe9c\n", "utf-8", "text.txt:2: the byte 0xE9 (number 4 of the file)"),
        (b"\xe9", "utf-8", "text.txt:1: "),
        (b"a\r\nb\r\n\x81\n", "cp1252", "text.txt:3: the byte 0x81"),
        (b"abc", "utf-16", "text.txt:1: "),
        (b"abc", "hex", "--encoding hex"),
        (b"\x87\x40\n", "shift_jis", "wider --encoding cp932"),
        (b"\xa3\xe1\n", "big5", "wider --encoding cp950 or big5hkscs"),
        (b"\x81\x40\n", "gb2312", "wider --encoding gb18030"),
        (b"a\r\nb\x93\n", "iso-8859-1", "text.txt:2: the byte 0x93 (number 5 of the file)"),
        (b"\x93", "latin-1", "wider --encoding windows-1252"),
        (b"abc", "no\x00ne", "--encoding"),
        (b"a\x00\x00b\x01", "", "text.txt:1: there is a byte of value 0"),
    ],
)
def test_bytes_that_do_not_fit_are_named_with_their_line(data, encoding, says):
    with pytest.raises(UnknownEncoding) as caught:
        decode_text(data, "text.txt", encoding)
    assert says in str(caught.value)


def test_a_byte_order_mark_is_no_text_however_the_encoding_is_named():
    for name in ("utf-8", "UTF8", "utf-8-sig"):
        decoded = decode_text("\ufeffabc".encode(), "text.txt", name)
        assert (decoded.text, decoded.encoding) == ("abc", "utf-8-sig")
    decoded = decode_text("\ufeffabc".encode("utf-16-le"), "text.txt", "utf-16-le")
    assert (decoded.text, decoded.encoding) == ("abc", "utf-16")
