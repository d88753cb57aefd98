<?xml version="1.0" encoding="UTF-8"?>
<!-- TEI module core, lists; and the lists of entities. An HTML list takes items only: what else
     stands in one (a page that begins) comes before it or gets an item of its own. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:tei="http://www.tei-c.org/ns/1.0" xmlns:tk="urn:teikit"
    exclude-result-prefixes="tei tk">

<xsl:template match="tei:list">
  <div>
    <xsl:apply-templates select="." mode="attributes"/>
    <xsl:call-template name="findings"/>
    <xsl:variable name="first" select="(tei:item | tei:label)[1]"/>
    <xsl:apply-templates select="node()[not($first)] | $first/preceding-sibling::node()"/>
    <xsl:choose>
      <xsl:when test="not($first)"/>
      <xsl:when test="tei:label">
        <dl><xsl:apply-templates select="$first | $first/following-sibling::node()" mode="gloss"/></dl>
      </xsl:when>
      <xsl:when test="@type = 'ordered' or contains(@rend, 'numbered') or contains(@rend, 'ordered')">
        <ol><xsl:apply-templates select="$first | $first/following-sibling::node()" mode="item"/></ol>
      </xsl:when>
      <xsl:otherwise>
        <ul><xsl:apply-templates select="$first | $first/following-sibling::node()" mode="item"/></ul>
      </xsl:otherwise>
    </xsl:choose>
    <xsl:call-template name="note-call"/>
  </div>
</xsl:template>

<!-- Mode item: the element as a li. -->
<xsl:template match="*" mode="item">
  <li class="tk-stray"><xsl:apply-templates select="."/></li>
</xsl:template>

<xsl:template match="tei:item | tei:bibl | tei:biblStruct | tei:biblFull | tei:castItem" mode="item">
  <li>
    <xsl:apply-templates select="." mode="attributes"/>
    <xsl:if test="self::tei:item and @n and translate(@n, '0123456789', '') = '' and (../@type = 'ordered'
        or contains(../@rend, 'numbered') or contains(../@rend, 'ordered'))">
      <xsl:attribute name="value"><xsl:value-of select="@n"/></xsl:attribute>
    </xsl:if>
    <xsl:call-template name="findings"/>
    <xsl:choose>
      <xsl:when test="@tk:a = 'whole'">
        <a href="{@tk:href}"><xsl:apply-templates/></a>
      </xsl:when>
      <xsl:otherwise><xsl:apply-templates/></xsl:otherwise>
    </xsl:choose>
    <xsl:call-template name="outer-link"/>
    <xsl:call-template name="note-call"/>
  </li>
</xsl:template>

<!-- An entity as an item, with its fields. -->
<xsl:template match="tei:person | tei:personGrp | tei:persona | tei:place | tei:org | tei:event
    | tei:object | tei:nym" mode="item">
  <xsl:call-template name="record"><xsl:with-param name="element" select="'li'"/></xsl:call-template>
</xsl:template>

<!-- Words that stand between the items, where TEI has none. -->
<xsl:template match="text()" mode="item">
  <xsl:if test="normalize-space()"><li class="tk-stray"><xsl:value-of select="."/></li></xsl:if>
</xsl:template>

<xsl:template match="text()" mode="gloss">
  <xsl:if test="normalize-space()"><dd class="tk-stray"><xsl:value-of select="."/></dd></xsl:if>
</xsl:template>

<!-- Mode gloss: the element as a dt or a dd. -->
<xsl:template match="*" mode="gloss">
  <dd class="tk-stray"><xsl:apply-templates select="."/></dd>
</xsl:template>

<xsl:template match="tei:label" mode="gloss">
  <dt>
    <xsl:apply-templates select="." mode="attributes"/>
    <xsl:call-template name="findings"/>
    <xsl:apply-templates/>
    <xsl:call-template name="outer-link"/>
    <xsl:call-template name="note-call"/>
  </dt>
  <xsl:if test="not(following-sibling::*[1]) or following-sibling::*[1]/self::tei:headItem">
    <dd class="tk-stray"></dd>
  </xsl:if>
</xsl:template>

<xsl:template match="tei:item" mode="gloss">
  <xsl:if test="not(preceding-sibling::tei:label[1])"><dt class="tk-stray"></dt></xsl:if>
  <dd>
    <xsl:apply-templates select="." mode="attributes"/>
    <xsl:call-template name="findings"/>
    <xsl:apply-templates/>
    <xsl:call-template name="note-call"/>
  </dd>
</xsl:template>

<!-- An item that is not in a list. -->
<xsl:template match="tei:item">
  <xsl:call-template name="box"/>
</xsl:template>

<xsl:template match="tei:listBibl | tei:castList | tei:listPerson | tei:listPlace | tei:listOrg
    | tei:listEvent | tei:listObject | tei:listNym | tei:listRelation">
  <xsl:call-template name="list-of-items"/>
</xsl:template>

<!-- Lists after a text whose entries have pages in the registers: there for who asks for them. -->
<xsl:template match="tei:back/tei:listPerson[*/@xml:id] | tei:back/tei:listPlace[*/@xml:id]
    | tei:back/tei:listOrg[*/@xml:id] | tei:back/tei:listEvent[*/@xml:id]
    | tei:back/tei:listObject[*/@xml:id] | tei:back/tei:listNym[*/@xml:id]
    | tei:back[tei:listPerson/*/@xml:id or tei:listPlace/*/@xml:id]/tei:listBibl[*/@xml:id]">
  <xsl:variable name="kind">
    <xsl:choose>
      <xsl:when test="self::tei:listBibl">work</xsl:when>
      <xsl:otherwise>
        <xsl:value-of select="translate(substring-after(local-name(), 'list'), 'PENO', 'peno')"/>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:variable>
  <details class="tk-entries-here">
    <summary class="tk-label">
      <xsl:call-template name="label">
        <xsl:with-param name="key" select="concat('kinds.', $kind)"/>
        <xsl:with-param name="else" select="$kind"/>
      </xsl:call-template>
      <xsl:value-of select="concat(' (', count(*[@xml:id]), ')')"/>
    </summary>
    <xsl:call-template name="list-of-items"/>
  </details>
</xsl:template>

<!-- The element as a div with its heading, and a ul of what follows. -->
<xsl:template name="list-of-items">
  <xsl:variable name="items" select="tei:bibl | tei:biblStruct | tei:biblFull | tei:castItem
      | tei:castGroup | tei:listBibl | tei:person | tei:personGrp | tei:persona | tei:place | tei:org
      | tei:event | tei:object | tei:nym | tei:relation | tei:listPerson | tei:listPlace
      | tei:listOrg | tei:listEvent | tei:listObject | tei:listRelation"/>
  <div>
    <xsl:apply-templates select="." mode="attributes"/>
    <xsl:call-template name="findings"/>
    <xsl:if test="self::tei:listRelation[@type][not(tei:head)]">
      <p class="tk-label">
        <xsl:call-template name="label">
          <xsl:with-param name="key" select="concat('value.', @type)"/>
          <xsl:with-param name="else" select="@type"/>
        </xsl:call-template>
      </p>
    </xsl:if>
    <xsl:choose>
      <xsl:when test="$items">
        <xsl:apply-templates select="$items[1]/preceding-sibling::node()"/>
        <ul><xsl:apply-templates select="$items[1] | $items[1]/following-sibling::node()" mode="item"/></ul>
      </xsl:when>
      <xsl:otherwise><xsl:apply-templates/></xsl:otherwise>
    </xsl:choose>
    <xsl:call-template name="note-call"/>
  </div>
</xsl:template>

</xsl:stylesheet>
