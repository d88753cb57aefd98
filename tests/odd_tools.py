"""What the tests of the ODD compiler share: a TEI of eight elements, and how to compile an ODD."""

from lxml import etree

from teikit.schema.odd import compile_odd

TEI = "http://www.tei-c.org/ns/1.0"
RNG = "{http://relaxng.org/ns/structure/1.0}"
SCH = "{http://purl.oclc.org/dsdl/schematron}"

# A TEI of eight elements, in the shape of p5subset.xml. "PROSE" must never reach an output.
SOURCE = f"""<TEI xmlns="{TEI}" xmlns:rng="http://relaxng.org/ns/structure/1.0">
<teiHeader><fileDesc><editionStmt><edition>P5 Version 4.9.0. PROSE</edition></editionStmt>
</fileDesc></teiHeader><text><body>
<moduleSpec ident="tei"/><moduleSpec ident="core"/><moduleSpec ident="names"/>
<classSpec ident="att.global" module="tei" type="atts"><desc>PROSE</desc><attList>
  <attDef ident="xml:id"><desc>PROSE</desc><datatype><dataRef name="ID"/></datatype></attDef>
  <attDef ident="n"><datatype><dataRef key="teidata.text"/></datatype></attDef></attList>
</classSpec>
<classSpec ident="att.typed" module="tei" type="atts"><attList>
  <attDef ident="type"><gloss>PROSE</gloss><datatype><dataRef key="teidata.word"/></datatype>
    <valList type="semi"><valItem ident="old"><desc>PROSE</desc></valItem></valList></attDef>
  <attDef ident="subtype"><datatype><dataRef key="teidata.word"/></datatype></attDef></attList>
</classSpec>
<classSpec ident="att.named" module="names" type="atts">
  <classes><memberOf key="att.typed"/></classes><attList>
  <attDef ident="ref"><datatype maxOccurs="unbounded"><dataRef key="teidata.pointer"/></datatype>
  </attDef><attDef ident="key"/></attList>
</classSpec>
<classSpec ident="att.partial" module="core" type="atts"><attList>
  <attRef class="att.typed" name="subtype"/></attList></classSpec>
<classSpec ident="model.p" module="tei" type="model"/>
<classSpec ident="model.phrase" module="tei" type="model"/>
<classSpec ident="model.name" module="tei" type="model">
  <classes><memberOf key="model.phrase"/></classes></classSpec>
<classSpec ident="model.place" module="tei" type="model">
  <classes><memberOf key="model.name"/></classes></classSpec>
<macroSpec ident="macro.para" module="tei"><content>
  <alternate minOccurs="0" maxOccurs="unbounded"><textNode/><classRef key="model.phrase"/>
</alternate></content></macroSpec>
<dataSpec ident="teidata.text" module="tei"><content><dataRef name="string"/></content></dataSpec>
<dataSpec ident="teidata.word" module="tei"><content>
  <dataRef name="token" restriction="\\S+"/></content></dataSpec>
<dataSpec ident="teidata.pointer" module="tei"><content><dataRef name="anyURI"/></content>
</dataSpec>
<dataSpec ident="teidata.sure" module="tei"><content><valList type="closed">
  <valItem ident="high"><desc>PROSE</desc></valItem><valItem ident="low"/></valList></content>
</dataSpec>
<elementSpec ident="TEI" module="core"><classes><memberOf key="att.global"/></classes>
  <content><classRef key="model.p" minOccurs="0" maxOccurs="unbounded"/></content></elementSpec>
<elementSpec ident="p" module="core"><desc>PROSE</desc><classes><memberOf key="att.global"/>
  <memberOf key="model.p"/></classes><content><macroRef key="macro.para"/></content></elementSpec>
<elementSpec ident="lb" module="core"><classes><memberOf key="att.global"/>
  <memberOf key="model.phrase"/></classes><content><empty/></content></elementSpec>
<elementSpec ident="hi" module="core"><classes><memberOf key="att.global"/>
  <memberOf key="att.partial"/><memberOf key="model.phrase"/></classes>
  <content><macroRef key="macro.para"/></content></elementSpec>
<elementSpec ident="list" module="core"><classes><memberOf key="att.global"/>
  <memberOf key="model.p"/></classes><content><sequence>
    <elementRef key="hi" minOccurs="0"/><elementRef key="lb" minOccurs="1" maxOccurs="unbounded"/>
  </sequence></content></elementSpec>
<elementSpec ident="name" module="names"><classes><memberOf key="att.global"/>
  <memberOf key="att.named"/><memberOf key="model.name"/></classes>
  <content><macroRef key="macro.para"/></content>
  <attList><attDef ident="type" mode="change"><valList type="closed">
    <valItem ident="org"><desc>PROSE</desc></valItem><valItem ident="work"/></valList></attDef>
  </attList></elementSpec>
<elementSpec ident="country" module="names"><classes><memberOf key="att.global"/>
  <memberOf key="att.named"/><memberOf key="model.place"/></classes>
  <content><textNode/></content></elementSpec>
<elementSpec ident="region" module="names"><classes><memberOf key="att.global"/>
  <memberOf key="model.place"/></classes><content><textNode/></content>
  <attList org="choice"><attDef ident="from"/><attDef ident="when"/></attList></elementSpec>
</body></text></TEI>"""

ALL = '<moduleRef key="tei"/><moduleRef key="core"/><moduleRef key="names"/>'


def odd(declarations, attributes='ident="test" start="TEI"', outside=""):
    return (
        f'<TEI xmlns="{TEI}" xmlns:sch="{SCH[1:-1]}" xmlns:rng="{RNG[1:-1]}">\n<text>{outside}\n'
        f"<schemaSpec {attributes}>\n{declarations}\n</schemaSpec></text></TEI>"
    ).encode()


def compiled(declarations, **more):
    return compile_odd(odd(declarations, **more), SOURCE.encode(), name="my.odd")


def change(element, inside):
    return f'{ALL}<elementSpec ident="{element}" mode="change">{inside}</elementSpec>'


def attribute(inside, ident="type", mode="change", more=""):
    return f'<attList><attDef ident="{ident}" mode="{mode}" {more}>{inside}</attDef></attList>'


def values(names, type_="closed", mode="add"):
    items = "".join(f'<valItem ident="{name}"/>' for name in names.split())
    return f'<valList type="{type_}" mode="{mode}">{items}</valList>'


def content(inside, element="list"):
    return change(element, f"<content>{inside}</content>")


def validator(declarations, **more):
    """Return a function that validates a paragraph against an ODD's declarations."""
    grammar = etree.RelaxNG(etree.fromstring(compiled(declarations, **more).relaxng))
    return lambda xml: grammar.validate(etree.fromstring(f'<TEI xmlns="{TEI}">{xml}</TEI>'))
