"""One refresh as a planet-style script does it: feedparser with its own validators and cleaning, and SQLite. feedparser-loop.py URLS DATABASE"""

import calendar
import sqlite3
import sys
from concurrent.futures import ThreadPoolExecutor

import feedparser

urls = open(sys.argv[1]).read().split()
db = sqlite3.connect(sys.argv[2])
db.execute("create table if not exists feed (url text primary key, etag text)")
db.execute("create table if not exists item (feed text, guid text, title text, link text, date integer, html text, primary key (feed, guid))")
known = dict(db.execute("select url, etag from feed"))
with ThreadPoolExecutor(8) as pool:
    for url, read in zip(urls, pool.map(lambda one: feedparser.parse(one, etag=known.get(one)), urls)):
        if read.get("status") != 200:
            continue
        rows = [
            (
                url,
                entry.get("id") or entry.get("link"),
                entry.get("title"),
                entry.get("link"),
                calendar.timegm(entry["published_parsed"]) if entry.get("published_parsed") else None,
                (entry.get("content") or [{"value": entry.get("summary", "")}])[0]["value"],
            )
            for entry in read.entries
        ]
        db.executemany("insert or ignore into item values (?, ?, ?, ?, ?, ?)", rows)
        db.execute("insert or replace into feed values (?, ?)", (url, read.get("etag")))
        db.commit()
