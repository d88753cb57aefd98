<?xml version="1.0" encoding="UTF-8"?>
<!-- What is made of fields: descriptions of manuscripts, people and places, headers. Each
     part is a label with its value. Labels are the strings "header.NAME"; where there is none,
     TEI's own name of the element. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:tei="http://www.tei-c.org/ns/1.0" xmlns:tk="urn:teikit"
    exclude-result-prefixes="tei tk">

<!-- Mode name: what the element is called on the page. -->
<xsl:template match="*" mode="name">
  <xsl:call-template name="label">
    <xsl:with-param name="key" select="concat('header.', local-name())"/>
    <xsl:with-param name="else" select="local-name()"/>
  </xsl:call-template>
</xsl:template>

<!-- The element as a box of its own, with its fields inside. -->
<xsl:template name="record">
  <xsl:param name="element" select="'div'"/>
  <xsl:element name="{$element}">
    <xsl:apply-templates select="." mode="attributes"/>
    <xsl:call-template name="findings"/>
    <xsl:apply-templates select="." mode="said-by-attributes"/>
    <xsl:choose>
      <xsl:when test="@tk:a = 'whole'">
        <a href="{@tk:href}"><xsl:apply-templates select="." mode="content"/></a>
      </xsl:when>
      <xsl:otherwise><xsl:apply-templates select="." mode="content"/></xsl:otherwise>
    </xsl:choose>
    <xsl:call-template name="outer-link"/>
    <xsl:call-template name="note-call"/>
  </xsl:element>
</xsl:template>

<!-- Mode content: prose as it is; what has fields only, field by field. -->
<xsl:template match="*" mode="content">
  <xsl:choose>
    <xsl:when test="text()[normalize-space()] or not(*)"><xsl:apply-templates/></xsl:when>
    <xsl:otherwise><xsl:apply-templates select="*" mode="field"/></xsl:otherwise>
  </xsl:choose>
</xsl:template>

<!-- Names and dates are read in one go, also where they have parts. -->
<xsl:template match="tei:persName | tei:placeName | tei:orgName | tei:name | tei:objectName
    | tei:eventName | tei:author | tei:editor | tei:title | tei:date | tei:time | tei:origDate
    | tei:origPlace | tei:locus | tei:locusGrp | tei:formula" mode="content">
  <xsl:apply-templates/>
</xsl:template>

<!-- Mode field: a label with its value. Of a manuscript, what nothing is said of is left out. -->
<xsl:template match="tei:msDesc//*[not(normalize-space()) and not(.//@tk:id | .//@tk:note | .//@tk:findings
    | .//@tk:src | .//@url | .//@target | .//@when | .//@from | .//@to | .//@notBefore | .//@notAfter)]"
    mode="field" priority="1"/>

<xsl:template match="*" mode="field">
  <div>
    <xsl:call-template name="common-attributes"/>
    <xsl:call-template name="other-language"/>
    <xsl:attribute name="class">
      <xsl:text>tk-field </xsl:text>
      <xsl:if test="not(@tk:class)"><xsl:value-of select="local-name()"/></xsl:if>
      <xsl:value-of select="@tk:class"/>
    </xsl:attribute>
    <xsl:call-template name="findings"/>
    <!-- Of several in a row the first is labelled: of those in the language of the page, too. -->
    <xsl:variable name="before" select="preceding-sibling::*[not(@xml:lang)
        or starts-with(@xml:lang, $language) or self::tei:title][1]"/>
    <xsl:if test="not(preceding-sibling::*) or local-name($before) != local-name()">
      <span class="tk-label"><xsl:apply-templates select="." mode="name"/></span>
      <xsl:text> </xsl:text>
    </xsl:if>
    <div class="tk-value">
      <xsl:apply-templates select="." mode="said-by-attributes"/>
      <xsl:choose>
        <xsl:when test="@tk:a = 'whole'">
          <a href="{@tk:href}"><xsl:apply-templates select="." mode="content"/></a>
        </xsl:when>
        <xsl:otherwise><xsl:apply-templates select="." mode="content"/></xsl:otherwise>
      </xsl:choose>
      <xsl:call-template name="outer-link"/>
      <xsl:call-template name="field-unit"/>
      <xsl:if test="(self::tei:licence or self::tei:taxonomy) and starts-with(@tk:href, 'http')">
        <xsl:text> </xsl:text>
        <a class="tk-url" href="{@tk:href}"><xsl:value-of select="@tk:href"/></a>
      </xsl:if>
      <xsl:call-template name="note-call"/>
    </div>
  </div>
</xsl:template>

<!-- What is set by rules of its own. -->
<xsl:template match="tei:p | tei:ab | tei:list | tei:table | tei:head | tei:note | tei:listBibl
    | tei:bibl | tei:biblStruct | tei:quote | tei:cit | tei:lg | tei:figure | tei:pb | tei:cb
    | tei:lb | tei:gb | tei:milestone | tei:anchor | tei:graphic | tei:egXML | tei:eg | tei:listPerson
    | tei:listPlace | tei:listOrg | tei:listEvent | tei:listObject | tei:listRelation
    | tei:relation | tei:rs | tei:hi | tei:seg | tei:foreign | tei:emph | tei:app | tei:lem | tei:rdg
    | tei:rdgGrp | tei:witDetail | tei:listApp | tei:noteGrp | tei:certainty | tei:precision
    | tei:respons | tei:choice | tei:subst | tei:add | tei:del | tei:supplied | tei:unclear | tei:gap
    | tei:space | tei:ruby | tei:sp | tei:floatingText | tei:div | tei:msPart | tei:msFrag | tei:msItem | tei:msItemStruct" mode="field">
  <xsl:apply-templates select="."/>
</xsl:template>

<!-- Mode said-by-attributes: what the element says in attributes alone. -->
<xsl:template match="*" mode="said-by-attributes"/>

<xsl:template match="tei:date | tei:change | tei:origDate | tei:birth | tei:death | tei:floruit
    | tei:event | tei:state | tei:residence | tei:occupation | tei:affiliation | tei:acquisition
    | tei:provenance | tei:custEvent" mode="said-by-attributes">
  <xsl:if test="(self::tei:change or not(normalize-space())) and (@when or @from or @to
      or @notBefore or @notAfter)">
    <span class="tk-when tk-label">
      <xsl:value-of select="(@when | @from | @notBefore)[1]"/>
      <xsl:if test="@to | @notAfter">/<xsl:value-of select="(@to | @notAfter)[1]"/></xsl:if>
    </span>
    <xsl:text> </xsl:text>
  </xsl:if>
</xsl:template>

<xsl:template match="tei:idno | tei:title | tei:publisher | tei:author" mode="said-by-attributes">
  <xsl:if test="@type">
    <span class="tk-label">
      <xsl:call-template name="label">
        <xsl:with-param name="key" select="concat('header.type-', @type)"/>
        <xsl:with-param name="else" select="@type"/>
      </xsl:call-template>
    </span>
    <xsl:text> </xsl:text>
  </xsl:if>
</xsl:template>

<xsl:template match="tei:sex | tei:gender | tei:age | tei:langKnown" mode="said-by-attributes">
  <xsl:if test="not(normalize-space()) and (@value | @tag)">
    <span class="tk-label"><xsl:value-of select="(@value | @tag)[1]"/></span>
  </xsl:if>
</xsl:template>

<xsl:template match="tei:msItem | tei:msPart | tei:msFrag" mode="said-by-attributes">
  <xsl:if test="@n"><span class="tk-label"><xsl:value-of select="@n"/><xsl:text> </xsl:text></span></xsl:if>
</xsl:template>

<!-- The unit of a number that stands alone; what a measure says in words needs none. -->
<xsl:template name="field-unit">
  <xsl:variable name="unit" select="(@unit | parent::tei:dimensions[not(current()/@unit)]/@unit)[1]"/>
  <xsl:variable name="said" select="normalize-space()"/>
  <xsl:variable name="is-number" select="translate(substring($said, string-length($said)),
      '0123456789', '') = ''"/>
  <xsl:if test="(self::tei:height | self::tei:width | self::tei:depth | self::tei:dim
      | self::tei:measure[$is-number]) and $unit and $said and not(contains(., $unit))">
    <span class="tk-label">
      <xsl:text> </xsl:text>
      <xsl:call-template name="label">
        <xsl:with-param name="key" select="concat('unit.', $unit)"/>
        <xsl:with-param name="else" select="$unit"/>
      </xsl:call-template>
    </span>
  </xsl:if>
</xsl:template>

<!-- A passage of the header in another language than the page's, where it has it in both. -->
<xsl:template name="other-language">
  <xsl:if test="@xml:lang and ancestor::tei:teiHeader
      and not(starts-with(@xml:lang, $language)) and
      ../*[local-name() = local-name(current())][starts-with(@xml:lang, $language)]">
    <xsl:attribute name="data-tk-language">other</xsl:attribute>
  </xsl:if>
</xsl:template>

</xsl:stylesheet>
