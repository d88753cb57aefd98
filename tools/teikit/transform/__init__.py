"""A Document -> HTML or plain text: the working tree that stylesheets read, and what they make."""
