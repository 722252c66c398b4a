# Fills a page: awk -f fill.awk NUMBERS PAGE. NUMBERS has lines KEY<tab>TEXT; `{KEY}` in PAGE becomes TEXT. A line that
# consists only of `{KEY}` is replaced by all lines of that key; `{KEY?}` may have none. Otherwise a key without a text
# is an error. `{` is not special unless a lower-case letter follows.
FNR == 1 { file++ }
file == 1 {
    tab = index($0, "\t")
    key = substr($0, 1, tab - 1)
    text[key, ++lines[key]] = substr($0, tab + 1)
    next
}
/^\{[a-z_0-9]+\?\}$/ {
    key = substr($0, 2, length($0) - 3)
    for (i = 1; i <= lines[key]; i++) print text[key, i]
    next
}
/^\{[a-z_0-9]+\}$/ {
    key = substr($0, 2, length($0) - 2)
    if (!(key in lines)) missing(key)
    for (i = 1; i <= lines[key]; i++) print text[key, i]
    next
}
{
    line = ""
    rest = $0
    while (match(rest, /\{[a-z_0-9]+\}/)) {
        key = substr(rest, RSTART + 1, RLENGTH - 2)
        if (!(key in lines)) missing(key)
        line = line substr(rest, 1, RSTART - 1) text[key, 1]
        rest = substr(rest, RSTART + RLENGTH)
    }
    print line rest
}

function missing(key) {
    print "study: the page asks for {" key "}, which nothing has made" >"/dev/stderr"
    failed = 1
}

END { exit failed }
