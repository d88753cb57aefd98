<?xml version="1.0" encoding="UTF-8"?>
<!-- A text as a fragment of HTML. Reads what tools/teikit/prepare.py makes of a document. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:tei="http://www.tei-c.org/ns/1.0" xmlns:tk="urn:teikit"
    exclude-result-prefixes="tei tk">

<xsl:import href="lib/unhandled.xsl"/>
<xsl:include href="lib/params.xsl"/>
<xsl:include href="lib/labels.xsl"/>
<xsl:include href="lib/box.xsl"/>
<xsl:include href="lib/said.xsl"/>
<xsl:include href="html/textstructure.xsl"/>
<xsl:include href="html/core.xsl"/>
<xsl:include href="html/notes.xsl"/>
<xsl:include href="html/lists.xsl"/>
<xsl:include href="html/namesdates.xsl"/>
<xsl:include href="html/transcr.xsl"/>
<xsl:include href="html/textcrit.xsl"/>
<xsl:include href="html/verse.xsl"/>
<xsl:include href="html/drama.xsl"/>
<xsl:include href="html/figures.xsl"/>
<xsl:include href="html/linking.xsl"/>
<xsl:include href="html/certainty.xsl"/>
<xsl:include href="html/msdescription.xsl"/>
<xsl:include href="html/fields.xsl"/>
<xsl:include href="html/correspondence.xsl"/>
<xsl:include href="html/mathml.xsl"/>
<xsl:include href="html/facsimile.xsl"/>
<xsl:include href="html/gaiji.xsl"/>
<xsl:include href="html/spoken.xsl"/>
<xsl:include href="html/dictionaries.xsl"/>
<xsl:include href="html/isofs.xsl"/>
<xsl:include href="html/nets.xsl"/>
<xsl:include href="html/tagdocs.xsl"/>
<xsl:include href="html/header.xsl"/>

<xsl:output method="html" encoding="UTF-8" indent="no"/>

<!-- The texts; for a TEI without one its sourceDoc or facsimile; of a file that has none of
     these, its standOff. -->
<xsl:template match="/">
  <xsl:choose>
    <xsl:when test=".//tei:text | .//tei:sourceDoc | .//tei:facsimile">
      <xsl:apply-templates select="/tei:text | //tei:text[not(ancestor::tei:text)]
          | //tei:sourceDoc[not(../tei:text)][not(ancestor::tei:text)]
          | //tei:facsimile[not(../tei:text | ../tei:sourceDoc)][not(ancestor::tei:text)]"/>
    </xsl:when>
    <xsl:when test=".//tei:standOff">
      <xsl:apply-templates select="//tei:standOff[not(ancestor::tei:standOff)]"/>
    </xsl:when>
    <xsl:otherwise><xsl:apply-templates select="*" mode="whole"/></xsl:otherwise>
  </xsl:choose>
</xsl:template>

</xsl:stylesheet>
