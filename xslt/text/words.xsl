<?xml version="1.0" encoding="UTF-8"?>
<!-- Which words belong to the text, in each form. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:tei="http://www.tei-c.org/ns/1.0" xmlns:tk="urn:teikit"
    exclude-result-prefixes="tei">

<!-- What is said of the text, not in it; and what the file says of itself. -->
<xsl:template match="tei:teiHeader | tei:standOff | tei:note | tei:noteGrp | tei:witDetail
    | tei:figDesc | tei:figure/tei:desc | tei:interp | tei:interpGrp | tei:spanGrp | tei:span
    | tei:certainty
    | tei:precision | tei:respons | tei:link | tei:linkGrp | tei:join | tei:alt | tei:index
    | tei:listApp | tei:back//tei:listPerson | tei:back//tei:listPlace | tei:back//tei:listOrg
    | tei:back//tei:listEvent | tei:back//tei:listObject | tei:back//tei:listRelation
    | tei:gap/tei:desc | tei:space/tei:desc | tk:strings
    | tk:witnesses"/>

<!-- An inline note is printed in the line of the source, unless it is the edition's (its type). -->
<xsl:template match="tei:note[@place = 'inline' and not(contains(concat(' ', normalize-space(@type), ' '),
    ' editor ') or contains(concat(' ', normalize-space(@type), ' '), ' editorial ')
    or contains(concat(' ', normalize-space(@type), ' '), ' translator ')
    or contains(concat(' ', normalize-space(@type), ' '), ' translation '))]">
  <xsl:if test="$form = 'source'"><xsl:apply-templates/></xsl:if>
</xsl:template>

<!-- A picture without words of its own leaves no gap in its line. -->
<xsl:template match="tei:figure[not(*[not(self::tei:graphic | self::tei:media | self::tei:figDesc
    | self::tei:desc)])]"/>

<!-- The two sides of a choice. -->
<xsl:template match="tei:choice[(tei:corr | tei:reg | tei:expan) and (tei:sic | tei:orig | tei:abbr)]">
  <xsl:choose>
    <xsl:when test="$form = 'source'"><xsl:apply-templates select="tei:sic | tei:orig | tei:abbr"/></xsl:when>
    <xsl:otherwise><xsl:apply-templates select="tei:corr | tei:reg | tei:expan"/></xsl:otherwise>
  </xsl:choose>
</xsl:template>

<!-- Alternatives of equal rank: the first stands for all. -->
<xsl:template match="tei:choice">
  <xsl:apply-templates select="*[1]"/>
</xsl:template>

<xsl:template match="tei:subst">
  <xsl:apply-templates select="*"/>
</xsl:template>

<!-- Only the edited text has what the editor adds; only the source what the editor removes. -->
<xsl:template match="tei:supplied | tei:ex">
  <xsl:if test="$form != 'source'"><xsl:apply-templates/></xsl:if>
</xsl:template>

<xsl:template match="tei:surplus | tei:am | tei:del | tei:secl | tei:fw">
  <xsl:if test="$form = 'source'"><xsl:apply-templates/></xsl:if>
</xsl:template>

<!-- Words that are written without white space between them. -->
<xsl:template match="tei:w[@tk:space]"><tk:space/><xsl:apply-templates/></xsl:template>

<!-- A deletion that was cancelled is none. -->
<xsl:template match="tei:restore/tei:del" priority="1"><xsl:apply-templates/></xsl:template>

<!-- A hyphen that stands only because the line ends (TEI P5, 3.2.2). -->
<xsl:template match="tei:pc[@tk:hyphen]">
  <xsl:if test="$form = 'source'"><xsl:apply-templates/></xsl:if>
</xsl:template>

<!-- The lemma, or the first reading where there is none. An entry that is located by reference
     speaks of words that stand elsewhere. -->
<xsl:template match="tei:app | tei:rdgGrp">
  <xsl:apply-templates select="*[@tk:shown]"/>
</xsl:template>

<xsl:template match="tei:app[@from or @to or @loc]"/>

<!-- In a note a pointer without words says where it leads: a sentence is built on it. What calls
     another note, and is not in the file (it has no number), says nothing. -->
<xsl:template match="tei:ptr | tei:ref[not(*) and not(normalize-space())]">
  <xsl:if test="$form = 'notes' and @tk:ordinal and normalize-space(@target) and not(normalize-space())">
    <xsl:call-template name="ids">
      <xsl:with-param name="pointers" select="normalize-space(@target)"/>
    </xsl:call-template>
  </xsl:if>
  <xsl:apply-templates/>
</xsl:template>

<xsl:template match="tei:gap"><xsl:text>[…]</xsl:text></xsl:template>

<xsl:template match="processing-instruction('teikit-missing')"><xsl:text>[…]</xsl:text></xsl:template>

<xsl:template match="tei:space | tei:caesura"><tk:space/></xsl:template>

<!-- A reading (ruby) stands after its words, in parentheses, unless the text has marks of its own
     around it: a pc first and last in rt. A pc first in rb, as ｜, only says where the words begin. -->
<xsl:template match="tei:ruby/text()"
    ><xsl:if test="normalize-space()"><xsl:value-of select="."/></xsl:if></xsl:template>

<xsl:template match="tei:rt">
  <xsl:if test="not(node()[1][self::tei:pc])">（</xsl:if>
  <xsl:apply-templates/>
  <xsl:if test="not(node()[last()][self::tei:pc])">）</xsl:if>
</xsl:template>

<xsl:template match="tei:rb/tei:pc[not(preceding-sibling::node())]">
  <xsl:if test="$form = 'source'"><xsl:apply-templates/></xsl:if>
</xsl:template>

<!-- The lines and pages of the source. Words that somebody has put into them are kept. -->
<xsl:template match="tei:lb">
  <xsl:choose>
    <xsl:when test="$form = 'source'"><tk:lb/></xsl:when>
    <xsl:when test="not(@break = 'no')"><tk:lb/></xsl:when>
  </xsl:choose>
  <xsl:apply-templates/>
</xsl:template>

<xsl:template match="tei:pb">
  <xsl:if test="$form = 'source'"><tk:pb/></xsl:if>
  <xsl:apply-templates/>
</xsl:template>

</xsl:stylesheet>
