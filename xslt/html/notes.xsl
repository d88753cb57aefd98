<?xml version="1.0" encoding="UTF-8"?>
<!-- Notes: called in the text by a mark, told at the end. Those on the text as a whole or on a
     part of it (standOff/note with @target) are called where their target ends. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:tei="http://www.tei-c.org/ns/1.0" xmlns:tk="urn:teikit"
    exclude-result-prefixes="tei tk">

<xsl:key name="tk:noted" match="*[@tk:note]"
    use="generate-id((ancestor-or-self::tei:text | ancestor-or-self::tei:sourceDoc)[1])"/>
<xsl:key name="tk:notes-on" match="tei:note[@tk:on][not(@type = 'summary')]" use="@tk:on"/>
<xsl:key name="tk:summaries-of" match="tei:note[@tk:on][@type = 'summary']" use="@tk:on"/>

<!-- A note that is called: the mark alone. -->
<xsl:template match="tei:note[@tk:note]">
  <xsl:call-template name="findings"/>
  <xsl:choose>
    <xsl:when test="$notes = 'yes'"><xsl:call-template name="note-call"/></xsl:when>
    <xsl:otherwise><xsl:call-template name="box"/></xsl:otherwise>
  </xsl:choose>
</xsl:template>

<!-- The list at the end. -->
<xsl:template name="notes-of-text">
  <xsl:variable name="noted" select="key('tk:noted', generate-id())"/>
  <xsl:if test="$noted and $notes = 'yes'">
    <section class="tk-notes">
      <xsl:if test="@tk:part or not(preceding::tei:text)">
        <xsl:attribute name="id">tk-notes</xsl:attribute>
      </xsl:if>
      <h2 class="tk-label">
        <xsl:call-template name="label"><xsl:with-param name="key">xslt.notes</xsl:with-param></xsl:call-template>
      </h2>
      <ol>
        <xsl:for-each select="$noted">
          <li id="tk-note-{@tk:note}" value="{@tk:note}">
            <xsl:apply-templates select="." mode="notes"/>
            <xsl:text> </xsl:text>
            <a class="tk-back" href="#tk-ref-{@tk:note}">
              <xsl:attribute name="aria-label">
                <xsl:call-template name="label"><xsl:with-param name="key">xslt.back</xsl:with-param></xsl:call-template>
              </xsl:attribute>
              <xsl:text>↩</xsl:text>
            </a>
          </li>
        </xsl:for-each>
      </ol>
    </section>
  </xsl:if>
</xsl:template>

<!-- Mode notes: what is told of this place. -->
<xsl:template match="*" mode="notes">
  <xsl:apply-templates select="key('tk:notes-on', @tk:id)" mode="note"/>
</xsl:template>

<xsl:template match="tei:note" mode="notes">
  <xsl:apply-templates select="." mode="note"/>
  <xsl:if test="@tk:id"><xsl:apply-templates select="key('tk:notes-on', @tk:id)" mode="note"/></xsl:if>
</xsl:template>

<!-- Mode note: one note in the list. -->
<xsl:template match="tei:note" mode="note">
  <div>
    <xsl:apply-templates select="." mode="attributes"/>
    <xsl:if test="@type = 'certainty'">
      <span class="tk-label">
        <xsl:call-template name="label"><xsl:with-param name="key">xslt.certainty</xsl:with-param></xsl:call-template>
      </span>
      <xsl:text> </xsl:text>
    </xsl:if>
    <xsl:apply-templates/>
  </div>
</xsl:template>

<!-- Mode summary: the summaries of this paragraph or division, labelled as the edition's. -->
<xsl:template match="*" mode="summary">
  <xsl:if test="@tk:id">
    <xsl:for-each select="key('tk:summaries-of', @tk:id)">
      <xsl:variable name="name">
        <xsl:choose><xsl:when test="tei:p | tei:list">div</xsl:when><xsl:otherwise>p</xsl:otherwise></xsl:choose>
      </xsl:variable>
      <xsl:element name="{$name}">
        <xsl:apply-templates select="." mode="attributes"/>
        <span class="tk-label">
          <xsl:call-template name="label"><xsl:with-param name="key">xslt.summary</xsl:with-param></xsl:call-template>
        </span>
        <xsl:text> </xsl:text>
        <xsl:apply-templates/>
      </xsl:element>
    </xsl:for-each>
  </xsl:if>
</xsl:template>

</xsl:stylesheet>
