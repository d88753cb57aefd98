<?xml version="1.0" encoding="UTF-8"?>
<!-- TEI modules header and corpus, where their elements stand in a text: in the full
     description of a book (biblFull), in what a corpus says of its texts. How a file's own header
     is shown is said in ../header.xsl. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:tei="http://www.tei-c.org/ns/1.0" xmlns:tk="urn:teikit"
    exclude-result-prefixes="tei tk">

<xsl:template match="tei:fileDesc | tei:titleStmt | tei:editionStmt | tei:publicationStmt
    | tei:seriesStmt | tei:notesStmt | tei:sourceDesc | tei:profileDesc | tei:revisionDesc
    | tei:abstract | tei:calendarDesc | tei:calendar | tei:classCode | tei:creation | tei:keywords
    | tei:langUsage | tei:textClass | tei:listChange | tei:xenoData | tei:particDesc
    | tei:settingDesc | tei:textDesc | tei:activity | tei:channel | tei:constitution
    | tei:derivation | tei:domain | tei:factuality | tei:interaction | tei:locale
    | tei:preparedness | tei:purpose | tei:setting">
  <xsl:call-template name="record"/>
</xsl:template>

<xsl:template match="tei:change | tei:language | tei:catRef">
  <xsl:call-template name="labelled">
    <xsl:with-param name="label">
      <xsl:value-of select="(@when | @ident | @target)[1]"/>
      <xsl:text> </xsl:text>
    </xsl:with-param>
  </xsl:call-template>
</xsl:template>

</xsl:stylesheet>
