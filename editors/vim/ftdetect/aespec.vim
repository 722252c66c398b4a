autocmd BufRead,BufNewFile *.aespec setfiletype aespec
