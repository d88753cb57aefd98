<?xml version="1.0" encoding="UTF-8"?>
<!-- TEI module namesdates, with the names and dates of core: mentions, and the entities that
     some files keep in their text. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:tei="http://www.tei-c.org/ns/1.0" xmlns:tk="urn:teikit"
    exclude-result-prefixes="tei tk">

<!-- Mentions. Python has said in tk:a whether and how each is a link. -->
<xsl:template match="tei:name | tei:rs | tei:persName | tei:orgName | tei:placeName | tei:geogName
    | tei:country | tei:region | tei:settlement | tei:district | tei:bloc | tei:eventName
    | tei:objectName | tei:forename | tei:surname | tei:genName | tei:nameLink | tei:addName
    | tei:roleName | tei:geogFeat | tei:offset">
  <xsl:call-template name="box"/>
</xsl:template>

<xsl:template match="tei:date | tei:time">
  <xsl:call-template name="box"/>
</xsl:template>

<!-- A date that HTML can say is a time; one that is a link or stands on its own has the time inside. -->
<xsl:template match="tei:date[@tk:datetime] | tei:time[@tk:datetime]">
  <xsl:choose>
    <xsl:when test="not(@tk:box) and not(@tk:a = 'whole')">
      <xsl:call-template name="box"><xsl:with-param name="phrase" select="'time'"/></xsl:call-template>
    </xsl:when>
    <xsl:otherwise>
      <xsl:variable name="name">
        <xsl:choose><xsl:when test="@tk:box">div</xsl:when><xsl:otherwise>span</xsl:otherwise></xsl:choose>
      </xsl:variable>
      <xsl:call-template name="findings"/>
      <xsl:element name="{$name}">
        <xsl:apply-templates select="." mode="attributes"/>
        <xsl:choose>
          <xsl:when test="@tk:a = 'whole'">
            <a href="{@tk:href}"><xsl:apply-templates select="." mode="content"/></a>
          </xsl:when>
          <xsl:otherwise><xsl:apply-templates select="." mode="content"/></xsl:otherwise>
        </xsl:choose>
        <xsl:call-template name="outer-link"/>
      </xsl:element>
      <xsl:call-template name="note-call"/>
    </xsl:otherwise>
  </xsl:choose>
</xsl:template>

<!-- A time runs in a line: before what holds paragraphs it stands empty. -->
<xsl:template match="tei:date[@tk:datetime and node()] | tei:time[@tk:datetime and node()]" mode="content">
  <xsl:choose>
    <xsl:when test="@tk:box = 'holds'">
      <time datetime="{@tk:datetime}"></time>
      <xsl:apply-templates/>
    </xsl:when>
    <xsl:otherwise><time datetime="{@tk:datetime}"><xsl:apply-templates/></time></xsl:otherwise>
  </xsl:choose>
</xsl:template>

<xsl:template match="tei:date | tei:time" mode="data">
  <xsl:if test="@tk:datetime and not(@tk:box) and not(@tk:a = 'whole')">
    <xsl:attribute name="datetime"><xsl:value-of select="@tk:datetime"/></xsl:attribute>
  </xsl:if>
  <xsl:if test="@tk:to">
    <xsl:attribute name="data-to"><xsl:value-of select="@tk:to"/></xsl:attribute>
  </xsl:if>
</xsl:template>

<!-- A date that only attributes say. -->
<xsl:template match="tei:date[not(node()) and (@when | @from | @to | @notBefore | @notAfter)]
    | tei:time[not(node()) and (@when | @from | @to | @notBefore | @notAfter)]" priority="1">
  <xsl:variable name="name">
    <xsl:choose>
      <xsl:when test="@tk:datetime and not(@tk:box) and not(@tk:a = 'whole')">time</xsl:when>
      <xsl:when test="@tk:box">div</xsl:when>
      <xsl:otherwise>span</xsl:otherwise>
    </xsl:choose>
  </xsl:variable>
  <xsl:call-template name="findings"/>
  <xsl:element name="{$name}">
    <xsl:apply-templates select="." mode="attributes"/>
    <xsl:choose>
      <xsl:when test="@tk:datetime and $name != 'time'">
        <time datetime="{@tk:datetime}"><xsl:call-template name="dates-said"/></time>
      </xsl:when>
      <xsl:otherwise><xsl:call-template name="dates-said"/></xsl:otherwise>
    </xsl:choose>
  </xsl:element>
  <xsl:call-template name="note-call"/>
</xsl:template>

<xsl:template name="dates-said">
  <span class="tk-label">
    <xsl:value-of select="(@when | @from | @notBefore)[1]"/>
    <xsl:if test="@to | @notAfter">/<xsl:value-of select="(@to | @notAfter)[1]"/></xsl:if>
  </span>
</xsl:template>

<!-- Entities: a list of records, each with its name first. -->
<xsl:template match="tei:person | tei:personGrp | tei:persona | tei:place | tei:org | tei:event
    | tei:object | tei:nym">
  <xsl:call-template name="record"/>
</xsl:template>

<xsl:template match="tei:person/tei:persName | tei:personGrp/tei:name | tei:persona/tei:persName
    | tei:place/tei:placeName | tei:org/tei:orgName | tei:org/tei:name | tei:event/tei:label
    | tei:event/tei:eventName | tei:object/tei:objectIdentifier | tei:nym/tei:form
    | tei:person | tei:place | tei:org | tei:event | tei:object" mode="field">
  <xsl:apply-templates select="."/>
</xsl:template>

<xsl:template match="tei:relation">
  <xsl:call-template name="labelled">
    <xsl:with-param name="label">
      <xsl:variable name="kind">
        <xsl:choose>
          <xsl:when test="@name"><xsl:value-of select="@name"/></xsl:when>
          <xsl:when test="@ref"><xsl:value-of select="@ref"/></xsl:when>
          <xsl:when test="@type"><xsl:value-of select="@type"/></xsl:when>
          <xsl:otherwise><xsl:value-of select="translate(@ana, '#', '')"/></xsl:otherwise>
        </xsl:choose>
      </xsl:variable>
      <xsl:value-of select="$kind"/>
      <xsl:if test="$kind != ''">
        <xsl:call-template name="label"><xsl:with-param name="key" select="'site.colon'"/></xsl:call-template>
      </xsl:if>
      <xsl:value-of select="translate(@active | @mutual, '#', '')"/>
      <xsl:if test="@passive"><xsl:value-of select="concat(' → ', translate(@passive, '#', ''))"/></xsl:if>
      <xsl:if test="@when | @from | @to | @notBefore | @notAfter">
        <xsl:value-of select="concat(' (', @when, @from, @notBefore)"/>
        <xsl:if test="@from | @to | @notBefore | @notAfter">–</xsl:if>
        <xsl:value-of select="concat(@to, @notAfter, ')')"/>
      </xsl:if>
    </xsl:with-param>
  </xsl:call-template>
</xsl:template>

<xsl:template match="tei:objectIdentifier | tei:birth | tei:death | tei:sex | tei:gender
    | tei:floruit | tei:age | tei:faith | tei:nationality | tei:langKnowledge | tei:langKnown
    | tei:occupation | tei:education | tei:affiliation | tei:residence | tei:socecStatus
    | tei:state | tei:trait | tei:location | tei:geo | tei:population | tei:climate | tei:terrain
    | tei:persPronouns">
  <xsl:call-template name="box"/>
</xsl:template>

</xsl:stylesheet>
