<?xml version="1.0" encoding="UTF-8"?>
<!-- TEI module textcrit: the lemma stands in the text, the entries of the apparatus in a list at
     the end of it, each with its lemma, its readings and their witnesses. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:tei="http://www.tei-c.org/ns/1.0" xmlns:tk="urn:teikit"
    exclude-result-prefixes="tei tk">

<xsl:key name="tk:entries" match="tei:app[@tk:note] | tk:strings"
    use="generate-id((ancestor-or-self::tei:text | ancestor-or-self::tei:sourceDoc)[1])"/>
<xsl:key name="tk:apart" match="tei:standOff//tei:listApp[not(parent::tei:listApp)] | tk:strings"
    use="local-name()"/>
<xsl:key name="tk:wit" match="tk:wit | tk:strings" use="@value"/>

<xsl:template match="tk:witnesses"/>

<!-- Called from the text: the lemma, or the first reading where there is none. An entry that is
     located by reference has no words in the text. -->
<xsl:template match="tei:app[@tk:note]">
  <xsl:call-template name="findings"/>
  <xsl:variable name="name">
    <xsl:choose>
      <xsl:when test="$notes = 'yes' and (@from or @to or @loc)">span</xsl:when>
      <xsl:when test="@tk:box">div</xsl:when>
      <xsl:otherwise>span</xsl:otherwise>
    </xsl:choose>
  </xsl:variable>
  <xsl:element name="{$name}">
    <xsl:apply-templates select="." mode="attributes"/>
    <xsl:choose>
      <xsl:when test="$notes = 'yes'"><xsl:apply-templates select="." mode="shown"/></xsl:when>
      <xsl:otherwise><xsl:apply-templates/></xsl:otherwise>
    </xsl:choose>
    <xsl:if test="not(@tk:late)"><xsl:call-template name="note-call"/></xsl:if>
  </xsl:element>
</xsl:template>

<!-- The source's side of a choice is not in the reading text: its entries are called behind both. -->
<xsl:template match="tei:choice[@tk:late]" priority="1">
  <xsl:call-template name="box"/>
  <xsl:for-each select=".//tei:app[@tk:late = current()/@tk:late]">
    <xsl:call-template name="note-call"/>
  </xsl:for-each>
</xsl:template>

<!-- Mode shown: what of an entry of the apparatus is read in the text. -->
<xsl:template match="tei:app" mode="shown">
  <xsl:apply-templates select="*[@tk:shown] | text()" mode="shown"/>
</xsl:template>

<xsl:template match="tei:rdgGrp" mode="shown">
  <span>
    <xsl:apply-templates select="." mode="attributes"/>
    <xsl:apply-templates select="*[@tk:shown] | text()" mode="shown"/>
  </span>
</xsl:template>

<xsl:template match="tei:lem | tei:rdg" mode="shown">
  <xsl:apply-templates select="."/>
</xsl:template>

<xsl:template match="tei:app[@from or @to or @loc]" mode="shown"/>

<!-- Mode entry: one entry of the list of readings. -->
<xsl:template match="tei:app" mode="entry">
  <div class="app">
    <xsl:call-template name="spoken"/>
    <xsl:call-template name="entry-head"/>
    <xsl:choose>
      <xsl:when test="@from or @to or @loc or parent::tei:listApp">
        <xsl:if test="@tk:lemma and not(tei:lem)"><xsl:call-template name="lemma-ends"/></xsl:if>
        <xsl:apply-templates mode="reading"/>
      </xsl:when>
      <xsl:otherwise>
        <xsl:apply-templates select="." mode="lemma"/>
        <xsl:call-template name="lemma-ends"/>
        <xsl:apply-templates select="*" mode="others"/>
      </xsl:otherwise>
    </xsl:choose>
  </div>
  <xsl:if test="@tk:id and @tk:note">
    <xsl:apply-templates select="key('tk:notes-on', @tk:id)" mode="note"/>
  </xsl:if>
</xsl:template>

<!-- Mode lemma: what is said of the reading that stands in the text. -->
<xsl:template match="tei:app | tei:rdgGrp" mode="lemma">
  <xsl:apply-templates select="*[@tk:shown]" mode="lemma"/>
</xsl:template>

<xsl:template match="tei:lem | tei:rdg" mode="lemma">
  <xsl:call-template name="said-of-reading"/>
</xsl:template>

<!-- Mode others: all of an entry but the reading that stands in the text. -->
<xsl:template match="*" mode="others"><xsl:apply-templates select="." mode="reading"/></xsl:template>

<xsl:template match="tei:lem[@tk:shown] | tei:rdg[@tk:shown]" mode="others"/>

<xsl:template match="tei:rdgGrp[@tk:shown]" mode="others">
  <xsl:if test="*[not(@tk:shown)] or tei:rdgGrp">
    <span class="rdgGrp">
      <xsl:call-template name="said-of-reading"/>
      <xsl:text> </xsl:text>
      <xsl:apply-templates select="*" mode="others"/>
    </span>
  </xsl:if>
</xsl:template>

<!-- Where the entry is, and its lemma: words of the text, repeated. -->
<xsl:template name="entry-head">
  <xsl:variable name="words"><xsl:call-template name="entry-words"/></xsl:variable>
  <xsl:if test="normalize-space($words)">
    <span class="tk-label tk-lemma">
      <xsl:choose>
        <xsl:when test="@tk:at"><a href="{@tk:at}"><xsl:copy-of select="$words"/></a></xsl:when>
        <xsl:otherwise><xsl:copy-of select="$words"/></xsl:otherwise>
      </xsl:choose>
    </span>
    <xsl:if test="not(@tk:lemma) and (@from or @to or @loc or parent::tei:listApp)"><xsl:text> </xsl:text></xsl:if>
  </xsl:if>
</xsl:template>

<xsl:template name="lemma-ends">
  <span class="tk-label tk-lemma">]</span>
  <xsl:text> </xsl:text>
</xsl:template>

<xsl:template name="entry-words">
  <xsl:variable name="place">
    <xsl:choose>
      <xsl:when test="@loc"><xsl:value-of select="@loc"/></xsl:when>
      <xsl:when test="@tk:line"><xsl:value-of select="@tk:line"/></xsl:when>
      <xsl:when test="not(@tk:lemma) and (@from or @to)">
        <xsl:value-of select="@from"/>
        <xsl:if test="@to"> – <xsl:value-of select="@to"/></xsl:if>
      </xsl:when>
    </xsl:choose>
  </xsl:variable>
  <xsl:variable name="is-located" select="@from or @to or @loc or parent::tei:listApp"/>
  <xsl:if test="$place != ''"><b><xsl:value-of select="$place"/></b></xsl:if>
  <xsl:if test="not($is-located and tei:lem) and (@tk:lemma or not($is-located))">
    <xsl:if test="$place != ''"><xsl:text> </xsl:text></xsl:if>
    <xsl:choose>
      <xsl:when test="@tk:lemma"><xsl:value-of select="@tk:lemma"/></xsl:when>
      <xsl:otherwise>
        <xsl:call-template name="label"><xsl:with-param name="key" select="'xslt.omitted'"/></xsl:call-template>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:if>
</xsl:template>

<!-- Mode reading: one part of an entry, with what is said of it and its witnesses. -->
<xsl:template match="*" mode="reading">
  <xsl:apply-templates select="."/>
  <xsl:text> </xsl:text>
</xsl:template>

<xsl:template match="tei:lem | tei:rdg | tei:witDetail" mode="reading">
  <xsl:apply-templates select="."/>
  <xsl:call-template name="said-of-reading"/>
  <xsl:if test="self::tei:lem"><span class="tk-label tk-lemma">]</span></xsl:if>
  <xsl:text> </xsl:text>
</xsl:template>

<xsl:template match="tei:rdgGrp" mode="reading">
  <span>
    <xsl:apply-templates select="." mode="attributes"/>
    <xsl:call-template name="said-of-reading"/>
    <xsl:text> </xsl:text>
    <xsl:apply-templates mode="reading"/>
  </span>
</xsl:template>

<!-- Its kind, cause, hand and who is responsible, in words; and its witnesses. -->
<xsl:template name="said-of-reading">
  <xsl:if test="@type or @cause or @hand or @resp or @cert or @source">
    <xsl:text> </xsl:text>
    <span class="tk-label">
      <xsl:text>(</xsl:text>
      <xsl:call-template name="said-of"/>
      <xsl:text>)</xsl:text>
    </span>
  </xsl:if>
  <xsl:if test="@wit">
    <xsl:text> </xsl:text>
    <span class="tk-wit">
      <xsl:for-each select="key('tk:wit', normalize-space(@wit))/tk:siglum">
        <xsl:if test="position() &gt; 1"><xsl:text> </xsl:text></xsl:if>
        <xsl:choose>
          <xsl:when test="@href"><a href="{@href}"><xsl:value-of select="."/></a></xsl:when>
          <xsl:otherwise><xsl:value-of select="."/></xsl:otherwise>
        </xsl:choose>
      </xsl:for-each>
    </span>
  </xsl:if>
</xsl:template>

<!-- An apparatus that is kept apart from its text: a list of entries, each with its place. -->
<xsl:template match="tei:listApp">
  <xsl:call-template name="findings"/>
  <div>
    <xsl:apply-templates select="." mode="attributes"/>
    <xsl:if test="not(tei:head or ../tei:head or ancestor::tei:listApp or ancestor::tei:standOff)">
      <p class="tk-label">
        <xsl:call-template name="label"><xsl:with-param name="key" select="'xslt.apparatus'"/></xsl:call-template>
      </p>
    </xsl:if>
    <xsl:apply-templates select="node()[not(self::tei:app | self::tei:listApp)]"/>
    <ul>
      <xsl:for-each select="tei:app | tei:listApp">
        <li>
          <xsl:if test="self::tei:app and @tk:id">
            <xsl:attribute name="id"><xsl:value-of select="@tk:id"/></xsl:attribute>
          </xsl:if>
          <xsl:choose>
            <xsl:when test="self::tei:app">
              <xsl:call-template name="findings"/>
              <xsl:apply-templates select="." mode="entry"/>
            </xsl:when>
            <xsl:otherwise><xsl:apply-templates select="."/></xsl:otherwise>
          </xsl:choose>
        </li>
      </xsl:for-each>
    </ul>
  </div>
</xsl:template>

<xsl:template match="tei:app | tei:listWit | tei:witness | tei:rdgGrp | tei:witDetail | tei:wit">
  <xsl:call-template name="box"/>
</xsl:template>

<!-- What is said of a witness outside an entry is told among the notes. -->
<xsl:template match="tei:witDetail[not(parent::tei:app | parent::tei:rdgGrp)]">
  <xsl:call-template name="findings"/>
  <xsl:choose>
    <xsl:when test="$notes = 'yes' and @tk:note"><xsl:call-template name="note-call"/></xsl:when>
    <xsl:otherwise>
      <xsl:call-template name="box"/>
      <xsl:call-template name="said-of-reading"/>
    </xsl:otherwise>
  </xsl:choose>
</xsl:template>

<xsl:template match="tei:witDetail" mode="notes">
  <div>
    <xsl:apply-templates select="." mode="attributes"/>
    <xsl:call-template name="spoken"/>
    <xsl:apply-templates/>
    <xsl:call-template name="said-of-reading"/>
  </div>
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
        <xsl:call-template name="label"><xsl:with-param name="key" select="'xslt.omitted'"/></xsl:call-template>
      </span>
    </xsl:if>
  </xsl:element>
  <xsl:call-template name="note-call"/>
</xsl:template>

<!-- Where a witness begins, ends or has a lacuna. -->
<xsl:template match="tei:witStart | tei:witEnd | tei:lacunaStart | tei:lacunaEnd">
  <xsl:call-template name="labelled">
    <xsl:with-param name="label">
      <xsl:text>[</xsl:text>
      <xsl:call-template name="label"><xsl:with-param name="key" select="concat('sign.', local-name())"/></xsl:call-template>
      <xsl:text>]</xsl:text>
    </xsl:with-param>
  </xsl:call-template>
</xsl:template>

<!-- The list of entries, and of the witnesses that they cite and the text does not describe. -->
<xsl:template name="apparatus-of-text">
  <xsl:variable name="entries" select="key('tk:entries', generate-id())"/>
  <xsl:variable name="is-first" select="not(preceding::tei:text)"/>
  <xsl:variable name="apart" select="key('tk:apart', 'listApp')[$is-first]"/>
  <xsl:if test="($entries or $apart) and $notes = 'yes'">
    <section class="tk-notes tk-apparatus" role="doc-endnotes">
      <xsl:if test="@tk:part or $is-first"><xsl:attribute name="id">tk-apparatus</xsl:attribute></xsl:if>
      <h2 class="tk-label">
        <xsl:call-template name="label"><xsl:with-param name="key" select="'xslt.apparatus'"/></xsl:call-template>
      </h2>
      <xsl:if test="$entries">
        <ol>
          <xsl:apply-templates select="$entries" mode="listed">
            <xsl:sort select="@tk:number" data-type="number"/>
          </xsl:apply-templates>
        </ol>
      </xsl:if>
      <xsl:apply-templates select="$apart"/>
    </section>
  </xsl:if>
</xsl:template>

<xsl:template name="witnesses-of-text">
  <xsl:variable name="witnesses" select="/*/tk:witnesses/tk:witness"/>
  <xsl:if test="$witnesses and $notes = 'yes' and (not(preceding::tei:text)
      or (@tk:part and key('tk:entries', generate-id())))">
    <section class="tk-notes tk-witnesses tk-label" id="tk-witnesses">
      <h2 class="tk-label">
        <xsl:call-template name="label"><xsl:with-param name="key" select="'xslt.witnesses'"/></xsl:call-template>
      </h2>
      <ul>
        <xsl:for-each select="$witnesses">
          <li id="{@id}">
            <b><xsl:value-of select="@siglum"/></b>
            <xsl:text> </xsl:text>
            <span>
              <xsl:if test="@lang != ''"><xsl:attribute name="lang"><xsl:value-of select="@lang"/></xsl:attribute></xsl:if>
              <xsl:value-of select="."/>
            </span>
          </li>
        </xsl:for-each>
      </ul>
    </section>
  </xsl:if>
</xsl:template>

</xsl:stylesheet>
