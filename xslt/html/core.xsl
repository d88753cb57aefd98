<?xml version="1.0" encoding="UTF-8"?>
<!-- TEI module core: paragraphs, phrases, quotations, the lines and pages of the source. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:tei="http://www.tei-c.org/ns/1.0" xmlns:tk="urn:teikit"
    xmlns:ex="http://www.tei-c.org/ns/Examples" exclude-result-prefixes="tei tk ex">

<!-- A paragraph; a div where it holds what an HTML paragraph must not. -->
<xsl:template match="tei:p | tei:ab">
  <xsl:variable name="name">
    <xsl:choose>
      <xsl:when test="@tk:box = 'block'">p</xsl:when>
      <xsl:otherwise>div</xsl:otherwise>
    </xsl:choose>
  </xsl:variable>
  <xsl:element name="{$name}">
    <xsl:apply-templates select="." mode="attributes"/>
    <xsl:call-template name="paragraph-number"/>
    <xsl:call-template name="findings"/>
    <xsl:apply-templates/>
    <xsl:call-template name="note-call"/>
  </xsl:element>
  <xsl:apply-templates select="." mode="summary"/>
</xsl:template>

<!-- The number of a paragraph, a link to itself; CSS keeps it from being copied with the text. -->
<xsl:template name="paragraph-number">
  <xsl:if test="@tk:n and $paragraph-numbers = 'yes'">
    <a class="tk-n" href="#{@tk:id}">
      <xsl:if test="@tk:ref"><xsl:attribute name="title"><xsl:value-of select="@tk:ref"/></xsl:attribute></xsl:if>
      <xsl:value-of select="@tk:n"/>
    </a>
  </xsl:if>
</xsl:template>

<!-- What the words are, in the editor's eyes. -->
<xsl:template match="tei:s | tei:seg | tei:w | tei:pc | tei:c | tei:m | tei:cl | tei:phr
    | tei:foreign | tei:distinct | tei:mentioned | tei:soCalled | tei:gloss | tei:term | tei:desc
    | tei:num | tei:measure | tei:measureGrp | tei:unit | tei:said | tei:label | tei:email
    | tei:address | tei:addrLine | tei:street | tei:postCode | tei:postBox | tei:headItem
    | tei:headLabel | tei:ellipsis | tei:unclear | tei:interp | tei:interpGrp | tei:span
    | tei:spanGrp | tei:index | tei:noteGrp | tei:stage | tei:speaker">
  <xsl:call-template name="box"/>
</xsl:template>

<!-- Words that are written without white space between them. -->
<xsl:template match="tei:w[@tk:space]">
  <xsl:text> </xsl:text>
  <xsl:call-template name="box"/>
</xsl:template>

<!-- A hyphen that stands only because the line ends (TEI P5, 3.2.2). -->
<xsl:template match="tei:pc[@tk:hyphen]" mode="data">
  <xsl:attribute name="data-break">no</xsl:attribute>
</xsl:template>

<!-- Words with their reading beside them (ruby). Marks of the source around the reading, as 《》,
     are a pc first and last in rt; browsers hide what is in rp where they show ruby. -->
<xsl:template match="tei:ruby">
  <xsl:call-template name="findings"/>
  <ruby>
    <xsl:apply-templates select="." mode="attributes"/>
    <xsl:apply-templates/>
  </ruby>
  <xsl:call-template name="note-call"/>
</xsl:template>

<xsl:template match="tei:ruby/text()"
    ><xsl:if test="normalize-space()"><xsl:value-of select="."/></xsl:if></xsl:template>

<xsl:template match="tei:rb">
  <xsl:call-template name="box"/>
</xsl:template>

<xsl:template match="tei:rt">
  <xsl:variable name="begins" select="node()[1][self::tei:pc]"/>
  <xsl:variable name="ends" select="node()[last()][self::tei:pc][count(../node()) &gt; 1]"/>
  <xsl:call-template name="rp">
    <xsl:with-param name="mark" select="$begins"/>
    <xsl:with-param name="else">（</xsl:with-param>
  </xsl:call-template>
  <rt>
    <xsl:apply-templates select="." mode="attributes"/>
    <xsl:call-template name="findings"/>
    <xsl:apply-templates select="node()[count(. | $begins | $ends) &gt; count($begins | $ends)]"/>
    <xsl:call-template name="note-call"/>
  </rt>
  <xsl:call-template name="rp">
    <xsl:with-param name="mark" select="$ends"/>
    <xsl:with-param name="else">）</xsl:with-param>
  </xsl:call-template>
</xsl:template>

<!-- A mark that says where the words of a reading begin, as ｜, is shown with the source's lines. -->
<xsl:template match="tei:rb/tei:pc[not(preceding-sibling::node())]" mode="data">
  <xsl:attribute name="data-break">no</xsl:attribute>
</xsl:template>

<!-- What parts a reading from its words where ruby cannot be shown: the $mark of the text itself,
     or $else. -->
<xsl:template name="rp">
  <xsl:param name="mark"/>
  <xsl:param name="else"/>
  <rp>
    <xsl:choose>
      <xsl:when test="$mark">
        <xsl:for-each select="$mark">
          <xsl:apply-templates select="." mode="attributes"/>
          <xsl:apply-templates/>
        </xsl:for-each>
      </xsl:when>
      <xsl:otherwise>
        <xsl:attribute name="class">tk-label</xsl:attribute>
        <xsl:value-of select="$else"/>
      </xsl:otherwise>
    </xsl:choose>
  </rp>
</xsl:template>

<xsl:template match="tei:emph">
  <xsl:call-template name="box"><xsl:with-param name="phrase" select="'em'"/></xsl:call-template>
</xsl:template>

<!-- One element for the look that says most to a reader; all of them are classes, for CSS. -->
<xsl:template match="tei:hi">
  <xsl:call-template name="box">
    <xsl:with-param name="phrase">
      <xsl:choose>
        <xsl:when test="contains(@rend, 'super') or @rend = 'sup'">sup</xsl:when>
        <xsl:when test="contains(@rend, 'subscript') or @rend = 'sub'">sub</xsl:when>
        <xsl:when test="contains(@rend, 'strike') or contains(@rend, 'line-through')">s</xsl:when>
        <xsl:when test="contains(@rend, 'underline')">u</xsl:when>
        <xsl:when test="contains(@rend, 'italic')">i</xsl:when>
        <xsl:when test="contains(@rend, 'bold')">b</xsl:when>
        <xsl:otherwise>span</xsl:otherwise>
      </xsl:choose>
    </xsl:with-param>
  </xsl:call-template>
</xsl:template>

<xsl:template match="tei:title">
  <xsl:call-template name="box"><xsl:with-param name="phrase" select="'cite'"/></xsl:call-template>
</xsl:template>

<xsl:template match="tei:code | tei:gi | tei:att | tei:val | tei:ident | tei:tag">
  <xsl:call-template name="box"><xsl:with-param name="phrase" select="'code'"/></xsl:call-template>
</xsl:template>

<!-- Examples of markup, with their tags as text. -->
<xsl:template match="tei:eg | tei:egXML | ex:egXML">
  <pre>
    <xsl:apply-templates select="." mode="attributes"/>
    <xsl:apply-templates mode="example"/>
  </pre>
</xsl:template>

<xsl:template match="*" mode="example">
  <span class="tk-label">&lt;<xsl:value-of select="name()"/>
    <xsl:for-each select="@*[namespace-uri() != 'urn:teikit']">
      <xsl:value-of select="concat(' ', name(), '=&quot;', ., '&quot;')"/>
    </xsl:for-each>&gt;</span>
  <xsl:apply-templates mode="example"/>
  <span class="tk-label">&lt;/<xsl:value-of select="name()"/>&gt;</span>
</xsl:template>

<!-- Quotations. Quotation marks are characters of the text: none is added. -->
<xsl:template match="tei:quote | tei:q">
  <xsl:call-template name="box">
    <xsl:with-param name="holder" select="'blockquote'"/>
    <xsl:with-param name="block" select="'blockquote'"/>
  </xsl:call-template>
</xsl:template>

<xsl:template match="tei:cit">
  <xsl:call-template name="box"/>
</xsl:template>

<!-- Both sides of a choice are in the page, once each; CSS shows and hides. -->
<xsl:template match="tei:choice | tei:sic | tei:corr | tei:orig | tei:reg | tei:expan | tei:ex
    | tei:am">
  <xsl:call-template name="box"/>
</xsl:template>

<xsl:template match="tei:abbr">
  <xsl:call-template name="box"><xsl:with-param name="phrase" select="'abbr'"/></xsl:call-template>
</xsl:template>

<xsl:template match="tei:add">
  <xsl:call-template name="box"><xsl:with-param name="phrase" select="'ins'"/></xsl:call-template>
</xsl:template>

<xsl:template match="tei:del">
  <xsl:call-template name="box"><xsl:with-param name="phrase" select="'del'"/></xsl:call-template>
</xsl:template>

<!-- A line of the source begins. The space before it parts words when lines are not shown. -->
<xsl:template match="tei:lb">
  <xsl:if test="@tk:space"><xsl:text> </xsl:text></xsl:if>
  <xsl:call-template name="findings"/>
  <span>
    <xsl:apply-templates select="." mode="attributes"/>
    <xsl:if test="not(@tk:first)"><br/></xsl:if>
  </span>
  <xsl:apply-templates/>
  <xsl:call-template name="note-call"/>
</xsl:template>

<xsl:template match="tei:pb | tei:cb | tei:gb | tei:milestone | tei:divGen">
  <xsl:call-template name="findings"/>
  <xsl:call-template name="empty"/>
</xsl:template>

<!-- The number of a line in its page, where its @n has both. -->
<xsl:template match="tei:lb[@tk:line]" mode="data" priority="1">
  <xsl:attribute name="data-n"><xsl:value-of select="@tk:line"/></xsl:attribute>
</xsl:template>

<xsl:template match="tei:lb | tei:pb | tei:cb | tei:gb | tei:milestone" mode="data">
  <xsl:for-each select="@n | @unit">
    <xsl:attribute name="data-{name()}"><xsl:value-of select="."/></xsl:attribute>
  </xsl:for-each>
</xsl:template>

<!-- A point in the text, as an empty div or span. It has no words by rights; if it has, they
     follow it. -->
<xsl:template name="empty">
  <xsl:choose>
    <xsl:when test="@tk:box"><div><xsl:apply-templates select="." mode="attributes"/></div></xsl:when>
    <xsl:otherwise><span><xsl:apply-templates select="." mode="attributes"/></span></xsl:otherwise>
  </xsl:choose>
  <xsl:apply-templates/>
  <xsl:call-template name="note-call"/>
</xsl:template>

<!-- Links. A pointer to several places leads to the first by its words, to each other one by a
     mark after them. -->
<xsl:template match="tei:ref">
  <xsl:call-template name="box"/>
</xsl:template>

<xsl:template match="tei:ref[@tk:calls]" mode="data">
  <xsl:attribute name="role">doc-noteref</xsl:attribute>
</xsl:template>

<xsl:template match="tei:ptr[@tk:calls]" priority="1">
  <xsl:call-template name="findings"/>
  <a class="tk-noteref" role="doc-noteref" id="{@tk:id}" href="{@target}">
    <xsl:value-of select="@tk:calls"/>
  </a>
</xsl:template>

<!-- A pointer without words shows where it leads. -->
<xsl:template match="tei:ptr[@tk:a] | tei:ref[@tk:a and not(*) and not(normalize-space())]">
  <xsl:call-template name="findings"/>
  <a href="{@tk:href}">
    <xsl:apply-templates select="." mode="attributes"/>
    <span class="tk-label">
      <xsl:value-of select="@target"/>
      <xsl:if test="not(normalize-space(@target))"><xsl:value-of select="@tk:href"/></xsl:if>
    </span>
  </a>
  <xsl:call-template name="more-links"/>
  <xsl:apply-templates/>
  <xsl:call-template name="note-call"/>
</xsl:template>

<xsl:template match="tei:ptr">
  <xsl:call-template name="findings"/>
  <xsl:call-template name="empty"/>
</xsl:template>

<!-- Bibliography. -->
<xsl:template match="tei:bibl | tei:biblStruct | tei:biblFull | tei:biblScope | tei:citedRange
    | tei:analytic | tei:monogr | tei:series | tei:imprint | tei:author | tei:editor | tei:edition
    | tei:publisher | tei:pubPlace | tei:distributor | tei:authority | tei:availability
    | tei:licence | tei:respStmt | tei:resp | tei:extent | tei:textLang | tei:idno
    | tei:funder | tei:sponsor | tei:principal | tei:relatedItem | tei:note">
  <xsl:call-template name="box"/>
</xsl:template>

</xsl:stylesheet>
