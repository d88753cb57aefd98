<?xml version="1.0" encoding="UTF-8"?>
<!-- TEI module textcrit: the lemma stands in the text, the readings among the notes. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:tei="http://www.tei-c.org/ns/1.0" xmlns:tk="urn:teikit"
    exclude-result-prefixes="tei tk">

<!-- Called from the text: the lemma, or the first reading where there is none. -->
<xsl:template match="tei:app[@tk:note]">
  <xsl:call-template name="findings"/>
  <xsl:variable name="name">
    <xsl:choose><xsl:when test="@tk:box">div</xsl:when><xsl:otherwise>span</xsl:otherwise></xsl:choose>
  </xsl:variable>
  <xsl:element name="{$name}">
    <xsl:apply-templates select="." mode="attributes"/>
    <xsl:choose>
      <xsl:when test="$notes = 'yes'"><xsl:apply-templates select="." mode="shown"/></xsl:when>
      <xsl:otherwise><xsl:apply-templates/></xsl:otherwise>
    </xsl:choose>
    <xsl:call-template name="note-call"/>
  </xsl:element>
</xsl:template>

<!-- Mode shown: what of an entry of the apparatus is read in the text. -->
<xsl:template match="tei:app | tei:rdgGrp" mode="shown">
  <xsl:apply-templates select="(tei:lem | tei:rdg)[1][not(../tei:lem)] | tei:lem | text()"/>
</xsl:template>

<!-- Mode notes: the other readings, and what is said of them. -->
<xsl:template match="tei:app" mode="notes">
  <div class="app">
    <xsl:apply-templates select="*[not(self::tei:lem)][not(self::tei:rdg)
        or ../tei:lem or preceding-sibling::tei:rdg]" mode="reading"/>
  </div>
  <xsl:if test="@tk:id"><xsl:apply-templates select="key('tk:notes-on', @tk:id)" mode="note"/></xsl:if>
</xsl:template>

<!-- Mode reading: one entry of the list of readings. -->
<xsl:template match="*" mode="reading">
  <xsl:apply-templates select="."/>
  <xsl:text> </xsl:text>
</xsl:template>

<!-- Standing where it is: an apparatus that is kept apart from its text (listApp). -->
<xsl:template match="tei:app | tei:listApp | tei:listWit | tei:witness | tei:rdgGrp | tei:witDetail
    | tei:wit">
  <xsl:call-template name="box"/>
</xsl:template>

<xsl:template match="tei:lem | tei:rdg">
  <xsl:variable name="name">
    <xsl:choose><xsl:when test="@tk:box">div</xsl:when><xsl:otherwise>span</xsl:otherwise></xsl:choose>
  </xsl:variable>
  <xsl:call-template name="findings"/>
  <xsl:element name="{$name}">
    <xsl:apply-templates select="." mode="attributes"/>
    <xsl:apply-templates/>
    <xsl:if test="self::tei:rdg and not(node())">
      <span class="tk-label">
        <xsl:call-template name="label"><xsl:with-param name="key">xslt.omitted</xsl:with-param></xsl:call-template>
      </span>
    </xsl:if>
    <xsl:if test="@wit">
      <span class="tk-wit" data-wit="{translate(normalize-space(@wit), '#', '')}"><xsl:text> </xsl:text></span>
    </xsl:if>
  </xsl:element>
  <xsl:call-template name="note-call"/>
</xsl:template>

<xsl:template match="tei:witStart | tei:witEnd | tei:lacunaStart | tei:lacunaEnd">
  <xsl:call-template name="empty"/>
</xsl:template>

</xsl:stylesheet>
