<?xml version="1.0" encoding="UTF-8"?>
<!-- TEI module textstructure: texts, divisions, their headings, what opens and closes them. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:tei="http://www.tei-c.org/ns/1.0" xmlns:tk="urn:teikit"
    exclude-result-prefixes="tei tk">

<xsl:template match="tei:text | tei:sourceDoc | tei:facsimile">
  <article>
    <xsl:apply-templates select="." mode="attributes"/>
    <xsl:if test="not(@xml:lang) and ancestor::*[@xml:lang]">
      <xsl:attribute name="lang">
        <xsl:value-of select="ancestor::*[@xml:lang][1]/@xml:lang"/>
      </xsl:attribute>
    </xsl:if>
    <xsl:if test="not(@tk:dir) and ancestor::*[@xml:lang][1]/@tk:dir">
      <xsl:attribute name="dir">
        <xsl:value-of select="ancestor::*[@xml:lang][1]/@tk:dir"/>
      </xsl:attribute>
    </xsl:if>
    <xsl:if test="@tk:part">
      <xsl:attribute name="data-tk-part"><xsl:value-of select="@tk:part"/></xsl:attribute>
    </xsl:if>
    <xsl:call-template name="findings"/>
    <xsl:apply-templates/>
    <xsl:call-template name="notes-of-text"/>
    <xsl:if test="not(following::tei:text)"><xsl:call-template name="annotations"/></xsl:if>
  </article>
</xsl:template>

<!-- A file without text or standOff is shown whole, but for its header. -->
<xsl:template match="*" mode="whole">
  <article class="text"><xsl:apply-templates select="."/></article>
</xsl:template>

<xsl:template match="tei:TEI | tei:teiCorpus">
  <xsl:apply-templates/>
</xsl:template>

<xsl:template match="tei:standOff">
  <article>
    <xsl:apply-templates select="." mode="attributes"/>
    <xsl:apply-templates/>
  </article>
</xsl:template>

<xsl:template match="tei:teiHeader"/>

<!-- A text inside a text: the outermost lists the notes of all. -->
<xsl:template match="tei:text//tei:text | tei:floatingText">
  <xsl:call-template name="box"/>
</xsl:template>

<xsl:template match="tei:group | tei:body | tei:front | tei:back">
  <xsl:call-template name="box"/>
</xsl:template>

<xsl:template match="tei:div | tei:div1 | tei:div2 | tei:div3 | tei:div4 | tei:div5 | tei:div6
    | tei:div7">
  <section>
    <xsl:apply-templates select="." mode="attributes"/>
    <xsl:call-template name="findings"/>
    <xsl:apply-templates select="." mode="summary"/>
    <xsl:call-template name="kind-of-division"/>
    <xsl:apply-templates/>
    <xsl:call-template name="note-call"/>
  </section>
</xsl:template>

<!-- What a division is that says so in its @type alone, as those of inscriptions (EpiDoc) do. -->
<xsl:template name="kind-of-division">
  <xsl:if test="not(tei:head) and normalize-space() and (@type = 'translation' or @type = 'commentary'
      or @type = 'bibliography' or (@type = 'edition' and count(../tei:div[@type = 'edition']) &gt; 1))">
    <p class="tk-label tk-division">
      <xsl:call-template name="label">
        <xsl:with-param name="key" select="concat('division.', @type)"/>
        <xsl:with-param name="else" select="@type"/>
      </xsl:call-template>
      <xsl:if test="@subtype">
        <xsl:value-of select="concat(' (', translate(@subtype, '-_', '  '), ')')"/>
      </xsl:if>
    </p>
  </xsl:if>
</xsl:template>

<!-- A heading of a division, in its rank; any other is a line that stands out. -->
<xsl:template match="tei:head[@tk:level]">
  <xsl:choose>
    <xsl:when test="@tk:box = 'holds'">
      <div role="heading" aria-level="{@tk:level}">
        <xsl:apply-templates select="." mode="attributes"/>
        <xsl:call-template name="findings"/>
        <xsl:apply-templates/>
        <xsl:call-template name="note-call"/>
      </div>
    </xsl:when>
    <xsl:otherwise>
      <xsl:element name="h{@tk:level}">
        <xsl:apply-templates select="." mode="attributes"/>
        <xsl:call-template name="findings"/>
        <xsl:apply-templates/>
        <xsl:call-template name="note-call"/>
      </xsl:element>
    </xsl:otherwise>
  </xsl:choose>
</xsl:template>

<xsl:template match="tei:head">
  <xsl:call-template name="box"><xsl:with-param name="block" select="'p'"/></xsl:call-template>
</xsl:template>

<xsl:template match="tei:opener | tei:closer | tei:postscript | tei:dateline | tei:salute
    | tei:signed | tei:trailer | tei:byline | tei:argument | tei:epigraph | tei:titlePage
    | tei:docTitle | tei:titlePart | tei:docAuthor | tei:docDate | tei:docEdition
    | tei:docImprint | tei:imprimatur | tei:meeting">
  <xsl:call-template name="box"/>
</xsl:template>

</xsl:stylesheet>
