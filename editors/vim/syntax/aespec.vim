" Vim syntax file
" Language: aespec, specs of autoencoders
" Made from the compiler's tables by driver/pages; 'make docs' renews it.
if exists('b:current_syntax')
  finish
endif

syntax case match
syntax match aespecComment /#.*/ contains=@Spell
syntax region aespecString start=/"/ skip=/\\./ end=/"/ oneline contains=aespecEscape
syntax match aespecEscape /\\./ contained
syntax match aespecNumber /\<\d[0-9_]*\%(\.\d[0-9_]*\)\?\%([eE][-+]\?\d[0-9_]*\)\?\>/
syntax match aespecOperator /->\|\.\.\|[-+*\/%^=~:]/

syntax match aespecItem /\%(\%(^\|[;}]\)\s*\)\@<=\%(model\|const\|input\|encoder\|decoder\|head\|latent\|block\|data\|loss\|train\|sweep\)\>/
syntax match aespecReserved /\<\%(repeat\|residual\|in\)\>/
syntax match aespecLayer /\<\%(conv\|deconv\|dense\|flatten\|reshape\|dropout\|mirror\)\>/
syntax match aespecActivation /\<\%(relu\|leaky_relu\|elu\|gelu\|silu\|sigmoid\|tanh\|softplus\)\>/
syntax match aespecLatent /\<\%(code\|gaussian\)\>/
syntax match aespecTerm /\<\%(mse\|sse\|mae\|sae\|bce\|bce_sum\|kl\|l1\|l2\)\>/
syntax match aespecFunction /\<\%(sqrt\|exp\|log\|min\|max\)\>/
syntax match aespecReader /\<\%(idx\)\>/
syntax match aespecChoice /\<\%(adam\|sgd\|mean\|sum\)\>/
syntax match aespecArgument /\<\%(channels\|kernel\|stride\|padding\|output_padding\|units\|p\|slope\|alpha\|prior_std\)\ze\s*=/ contained
syntax match aespecSetting /\<\%(source\|scale\|mean\|std\|optimizer\|learning_rate\|momentum\|weight_decay\|beta1\|beta2\|epsilon\|batch\|epochs\|reduction\|seed\)\ze\s*\%(=\|\<in\>\)/ contained

" Nothing inside of brackets begins an item.
syntax cluster aespecValue contains=aespecComment,aespecString,aespecNumber,aespecOperator,aespecRound,aespecSquare,aespecReserved,aespecLayer,aespecActivation,aespecLatent,aespecTerm,aespecFunction,aespecReader,aespecChoice
syntax region aespecRound matchgroup=aespecBrace start=/(/ end=/)/ contains=@aespecValue,aespecArgument
syntax region aespecSquare matchgroup=aespecBrace start=/\[/ end=/\]/ contains=@aespecValue
syntax region aespecBlock matchgroup=aespecBrace start=/{/ end=/}/
  \ contains=@aespecValue,aespecSetting,aespecBlock

" A block may be long, and what is above the window opens it.
syntax sync fromstart

highlight default link aespecComment Comment
highlight default link aespecString String
highlight default link aespecEscape SpecialChar
highlight default link aespecNumber Number
highlight default link aespecOperator Operator
highlight default link aespecBrace Delimiter
highlight default link aespecItem Statement
highlight default link aespecReserved Keyword
highlight default link aespecLayer Function
highlight default link aespecActivation Special
highlight default link aespecLatent Type
highlight default link aespecTerm Function
highlight default link aespecFunction Function
highlight default link aespecReader Function
highlight default link aespecChoice Constant
highlight default link aespecArgument Identifier
highlight default link aespecSetting Identifier

let b:current_syntax = 'aespec'
