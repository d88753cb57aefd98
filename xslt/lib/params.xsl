<?xml version="1.0" encoding="UTF-8"?>
<!-- What may be set from outside, and the reference for it. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">

<!-- html.xsl: "yes" gives each paragraph that has an id its number, as a link to itself. -->
<xsl:param name="paragraph-numbers" select="'yes'"/>

<!-- html.xsl: "yes" puts the notes and readings into a list at the end, called from the text. -->
<xsl:param name="notes" select="'yes'"/>

<!-- The language of the page: of passages that a header has in several, the others are marked. -->
<xsl:param name="language" select="'en'"/>

<!-- text.xsl: "reading" takes the edited words, "source" the words and lines of the source,
     "notes" the notes. -->
<xsl:param name="form" select="'reading'"/>

</xsl:stylesheet>
