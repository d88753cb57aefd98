<?xml version="1.0" encoding="UTF-8"?>
<!-- Notes: called in the text by a mark, told at the end. Those on the text as a whole or on a
     part of it (standOff/note with @target) are called where their target ends. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:tei="http://www.tei-c.org/ns/1.0" xmlns:tk="urn:teikit"
    exclude-result-prefixes="tei tk">

<xsl:key name="tk:noted" match="*[@tk:note][not(self::tei:app)] | tk:strings"
    use="generate-id((ancestor-or-self::tei:text | ancestor-or-self::tei:sourceDoc)[1])"/>
<xsl:key name="tk:notes-on" match="tei:note[@tk:on][not(@type = 'summary')]
    | tei:certainty[@tk:on] | tei:precision[@tk:on] | tei:respons[@tk:on] | tk:strings" use="@tk:on"/>
<xsl:key name="tk:summaries-of" match="tei:note[@tk:on][@type = 'summary'] | tk:strings"
    use="@tk:on"/>

<!-- A note that is called: the mark alone. -->
<xsl:template match="tei:note[@tk:note] | tei:noteGrp[@tk:note]">
  <xsl:call-template name="findings"/>
  <xsl:choose>
    <xsl:when test="$notes = 'yes'"><xsl:call-template name="note-call"/></xsl:when>
    <xsl:otherwise><xsl:call-template name="box"/></xsl:otherwise>
  </xsl:choose>
</xsl:template>

<!-- A note that is read where it stands: a mark at its beginning leads back to where it is called. -->
<xsl:template match="tei:note[@tk:called]">
  <xsl:variable name="name">
    <xsl:choose><xsl:when test="@tk:box">div</xsl:when><xsl:otherwise>span</xsl:otherwise></xsl:choose>
  </xsl:variable>
  <xsl:call-template name="findings"/>
  <xsl:element name="{$name}">
    <xsl:apply-templates select="." mode="attributes"/>
    <xsl:if test="@tk:sign">
      <span class="tk-label"><xsl:value-of select="@tk:sign"/></span>
      <xsl:text> </xsl:text>
    </xsl:if>
    <xsl:call-template name="back-link"><xsl:with-param name="to" select="@tk:called"/></xsl:call-template>
    <xsl:text> </xsl:text>
    <xsl:apply-templates/>
  </xsl:element>
</xsl:template>

<!-- The lists at the end: of notes, of the entries of the apparatus, of its witnesses. -->
<xsl:template name="notes-of-text">
  <xsl:variable name="noted" select="key('tk:noted', generate-id())"/>
  <xsl:call-template name="apparatus-of-text"/>
  <xsl:if test="$noted and $notes = 'yes'">
    <section class="tk-notes" role="doc-endnotes">
      <xsl:if test="@tk:part or not(preceding::tei:text)">
        <xsl:attribute name="id">tk-notes</xsl:attribute>
      </xsl:if>
      <h2 class="tk-label">
        <xsl:call-template name="label"><xsl:with-param name="key" select="'xslt.notes'"/></xsl:call-template>
      </h2>
      <ol><xsl:apply-templates select="$noted" mode="listed"/></ol>
    </section>
  </xsl:if>
  <xsl:call-template name="witnesses-of-text"/>
</xsl:template>

<!-- Mode listed: what is told of this place, as an item of the list at the end. -->
<xsl:template match="*" mode="listed">
  <li id="tk-note-{@tk:note}" value="{@tk:number}">
    <xsl:apply-templates select="." mode="notes"/>
    <xsl:text> </xsl:text>
    <xsl:call-template name="back-link"/>
  </li>
</xsl:template>

<xsl:template name="back-link">
  <xsl:param name="to" select="concat('tk-ref-', @tk:note)"/>
  <a class="tk-back" role="doc-backlink" href="#{$to}">
    <xsl:attribute name="aria-label">
      <xsl:call-template name="label"><xsl:with-param name="key" select="'xslt.back'"/></xsl:call-template>
    </xsl:attribute>
    <xsl:text>↩</xsl:text>
  </a>
</xsl:template>

<!-- Mode notes: what is told of this place. -->
<xsl:template match="*" mode="notes">
  <xsl:apply-templates select="key('tk:notes-on', @tk:id)" mode="note"/>
</xsl:template>

<xsl:template match="tei:app" mode="notes">
  <xsl:apply-templates select="." mode="entry"/>
</xsl:template>

<xsl:template match="tei:note" mode="notes">
  <xsl:apply-templates select="." mode="note"/>
  <xsl:if test="@tk:id"><xsl:apply-templates select="key('tk:notes-on', @tk:id)" mode="note"/></xsl:if>
</xsl:template>

<xsl:template match="tei:noteGrp" mode="notes">
  <div>
    <xsl:apply-templates select="." mode="attributes"/>
    <xsl:call-template name="spoken"/>
    <xsl:apply-templates select="node()" mode="note"/>
  </div>
  <xsl:if test="@tk:id"><xsl:apply-templates select="key('tk:notes-on', @tk:id)" mode="note"/></xsl:if>
</xsl:template>

<!-- Mode note: one note in the list, with what is said of it. -->
<xsl:template match="tei:note" mode="note">
  <div>
    <xsl:apply-templates select="." mode="attributes"/>
    <xsl:call-template name="spoken"/>
    <xsl:call-template name="said-of-note"/>
    <xsl:apply-templates/>
  </div>
</xsl:template>

<xsl:template match="*" mode="note"><xsl:apply-templates select="."/></xsl:template>

<!-- Its number in the source, where it is, whose it is. -->
<xsl:template name="said-of-note">
  <xsl:variable name="place">
    <xsl:if test="@place">
      <xsl:call-template name="label">
        <xsl:with-param name="key" select="concat('place.', @place)"/>
        <xsl:with-param name="else"/>
      </xsl:call-template>
    </xsl:if>
  </xsl:variable>
  <xsl:variable name="kind">
    <xsl:choose>
      <xsl:when test="@type = 'certainty'">
        <xsl:call-template name="label"><xsl:with-param name="key" select="'xslt.certainty'"/></xsl:call-template>
      </xsl:when>
      <xsl:when test="@type">
        <xsl:call-template name="label">
          <xsl:with-param name="key" select="concat('note.', @type)"/>
          <xsl:with-param name="else"/>
        </xsl:call-template>
      </xsl:when>
    </xsl:choose>
  </xsl:variable>
  <xsl:if test="$place != '' or $kind != '' or @tk:by or @tk:source-n">
    <span class="tk-label">
      <xsl:value-of select="@tk:source-n"/>
      <xsl:if test="@tk:source-n and ($kind != '' or $place != '')"><xsl:text> </xsl:text></xsl:if>
      <xsl:value-of select="$kind"/>
      <xsl:if test="$place != ''">
        <xsl:if test="$kind != ''"><xsl:text> </xsl:text></xsl:if>
        <xsl:value-of select="concat('(', $place, ')')"/>
      </xsl:if>
      <xsl:if test="@tk:by">
        <xsl:if test="$place != '' or $kind != '' or @tk:source-n"><xsl:text> </xsl:text></xsl:if>
        <xsl:value-of select="concat('[', @tk:by, ']')"/>
      </xsl:if>
    </span>
    <xsl:text> </xsl:text>
  </xsl:if>
</xsl:template>

<!-- The language and direction of what is read away from its place. -->
<xsl:template name="spoken">
  <xsl:if test="@tk:spoken">
    <xsl:attribute name="lang"><xsl:value-of select="@tk:spoken"/></xsl:attribute>
    <xsl:if test="@tk:spoken-dir">
      <xsl:attribute name="dir"><xsl:value-of select="@tk:spoken-dir"/></xsl:attribute>
    </xsl:if>
  </xsl:if>
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
          <xsl:call-template name="label"><xsl:with-param name="key" select="'xslt.summary'"/></xsl:call-template>
        </span>
        <xsl:text> </xsl:text>
        <xsl:apply-templates/>
      </xsl:element>
    </xsl:for-each>
  </xsl:if>
</xsl:template>

</xsl:stylesheet>
