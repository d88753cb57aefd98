"""A new edition: what is in it, and what it needs in a folder that holds files already.

read_starter() -> the files of starter/
look(folder, jobs) -> Held: what is there
plan_new(title, languages) or plan_added(held, title, languages) -> Plan: what to write
"""
