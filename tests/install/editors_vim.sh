# Vim's highlighting of a spec: the group of each part of a line. Item words inside braces have no group.
. "$TESTS/install/common.sh"
without vim
vim --version | grep -q '+syntax' || { echo "vim has no syntax highlighting"; exit 77; }
cat >mine.aespec <<'END'
model encoder; const p = 0.1     # model
data { source = idx("a # \"b"); mean = 1e-3 }
input x : [1,
  28, 28]
encoder {
  model = conv(8, kernel = 3) -> leaky_relu(slope = 0.1)
} latent z ~ gaussian(2)
loss { mean = 2 * mse(x) } sweep { optimizer in [adam, sgd] }
END
cat >dump.vim <<'END'
edit mine.aespec
redir! > groups
silent echo &filetype
for line in range(1, line('$'))
  let text = getline(line)
  let pieces = []
  let [before, column] = ['', 1]
  while column <= strlen(text)
    let group = synIDattr(synID(line, column, 1), 'name')
    if text[column - 1] !~ '\s' && group != ''
      if group ==# before && !empty(pieces)
        let pieces[-1] .= text[column - 1]
      else
        call add(pieces, substitute(group, 'aespec', '', '') . ' ' . text[column - 1])
      endif
    endif
    let [before, column] = [group, column + 1]
  endwhile
  silent echo join(pieces, ', ')
endfor
redir END
qall!
END
cat >start.vim <<END
set nocompatible
let &runtimepath = '$(printf %s "$ROOT" | sed "s/'/''/g; s/ /\\\\ /g")/editors/vim,' . &runtimepath
filetype on
syntax on
END
vim -e -s -i NONE -u start.vim -S dump.vim </dev/null >&2
awk NF groups
