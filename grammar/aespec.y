// The grammar of .aespec: text to syntax tree. Each action calls one constructor; names are not resolved here.
// The token stream (grammar/tokens.c) has already applied the rule for line ends, so NL is an ordinary token.
%define api.pure full
%define api.prefix {grammar_}
%define parse.error custom
%define parse.lac full
%locations
%define api.location.type {struct span}
%expect 0

%param {struct parser *parser}

%code requires {
#include "grammar/syntax.h"
struct parser;
}

%code {
#include <stdlib.h>

#include "base/memory.h"
#include "grammar/parser.h"

#define YYMALLOC(size) memory_resize(NULL, (size), 1)
#define YYFREE free

#define YYLLOC_DEFAULT(whole, parts, count)                                              \
    (whole) = (count) ? span_join(YYRHSLOC(parts, 1), YYRHSLOC(parts, count)) : (struct span){0}

static int grammar_lex(GRAMMAR_STYPE *value, struct span *span, struct parser *parser);
static void grammar_error(struct span *span, struct parser *parser, const char *message);
}

%union {
    double number;
    const char *text;
    struct name name;
    struct expression *expression;
    struct call *call;
    struct argument *argument;
    struct arguments arguments;
    struct element *element;
    struct layer_line *line;
    struct layers layers;
    struct setting *setting;
    struct settings settings;
    struct axis *axis;
    struct axes axes;
    struct item *item;
    struct span span;
    char symbol;
}

%token <number> NUMBER "a number"
%token <text> STRING "a string" NAME "a name"
%token MODEL "'model'" CONST "'const'" INPUT "'input'" ENCODER "'encoder'" DECODER "'decoder'" HEAD "'head'"
%token LATENT "'latent'" BLOCK "'block'" DATA "'data'" LOSS "'loss'" TRAIN "'train'" SWEEP "'sweep'"
%token <text> REPEAT "'repeat'" RESIDUAL "'residual'" IN "'in'"
%token ARROW "'->'" DOTDOT "'..'" NL "the end of the line"
%token '=' "'='" '~' "'~'" ':' "':'" '(' "'('" ')' "')'" '[' "'['" ']' "']'" '{' "'{'" '}' "'}'" ',' "','"
%token '+' "'+'" '-' "'-'" '*' "'*'" '/' "'/'" '%' "'%'" '^' "'^'"

%left '+' '-'
%left '*' '/' '%'
%precedence NEGATE
%right '^'

%type <name> name
%type <expression> expr
%type <call> call
%type <argument> arg
%type <arguments> args
%type <element> element
%type <line> line
%type <layers> layers lines block_layers
%type <setting> setting
%type <settings> settings setting_lines
%type <axis> axis
%type <axes> axes axis_lines
%type <item> item
%type <span> from
%type <symbol> latent_operator

%%

spec:
    items

items:
    %empty
  | items NL
  | items item NL               { syntax_add(parser->syntax, $item); }
  | items error NL              { parser->syntax->damaged = true; yyerrok; }

item:
    MODEL name                  { $$ = item_new(parser->arena, ITEM_MODEL, @MODEL, $name); }
  | CONST name '=' expr         { $$ = item_new(parser->arena, ITEM_CONST, @CONST, $name); $$->value = $expr; }
  | INPUT name ':' expr         { $$ = item_new(parser->arena, ITEM_INPUT, @INPUT, $name); $$->value = $expr; }
  | ENCODER layers              { $$ = item_new(parser->arena, ITEM_ENCODER, @ENCODER, (struct name){0}); $$->layers = $layers; }
  | DECODER layers              { $$ = item_new(parser->arena, ITEM_DECODER, @DECODER, (struct name){0}); $$->layers = $layers; }
  | HEAD name layers            { $$ = item_new(parser->arena, ITEM_HEAD, @HEAD, $name); $$->layers = $layers; }
  | LATENT name from latent_operator call
                                { $$ = item_new(parser->arena, ITEM_LATENT, @LATENT, $name); $$->from = $from;
                                  $$->latent.symbol = $latent_operator; $$->latent.span = @latent_operator; $$->latent.call = $call; }
  | BLOCK name '(' parameters ')' block_layers
                                { $$ = item_new(parser->arena, ITEM_BLOCK, @BLOCK, $name); $$->layers = $block_layers; }
  | DATA settings               { $$ = item_new(parser->arena, ITEM_DATA, @DATA, (struct name){0}); $$->settings = $settings; }
  | LOSS settings               { $$ = item_new(parser->arena, ITEM_LOSS, @LOSS, (struct name){0}); $$->settings = $settings; }
  | TRAIN settings              { $$ = item_new(parser->arena, ITEM_TRAIN, @TRAIN, (struct name){0}); $$->settings = $settings; }
  | SWEEP axes                  { $$ = item_new(parser->arena, ITEM_SWEEP, @SWEEP, (struct name){0}); $$->axes = $axes; }

latent_operator:
    '='                         { $$ = '='; }
  | '~'                         { $$ = '~'; }

from:
    %empty                      { $$ = (struct span){0}; }
  | '(' args ')'                { $$ = @1; }

layers:
    from '{' lines '}'          { $$ = $lines; $$.from = $from; }

block_layers:
    '{' lines '}'               { $$ = $lines; }

lines:
    %empty                      { $$ = (struct layers){0}; }
  | lines NL
  | lines line NL               { $$ = layers_add($1, $line); }
  | lines error NL              { $$ = layers_add($1, line_damaged(parser->arena)); yyerrok; }

line:
    elements_line
  | elements_line ':' '[' args ']'
                                { $$ = $1; $$->claim = $args; $$->claim_span = span_join(@3, @5); }

%type <line> elements_line;
elements_line:
    element                     { $$ = line_new(parser->arena, $element); }
  | name '=' element            { $$ = line_new(parser->arena, $element); $$->name = $name; }
  | elements_line ARROW element { $$ = line_add($1, $element); }

element:
    call                        { $$ = element_call(parser->arena, $call); }
  | RESIDUAL layers             { $$ = element_unsupported(parser->arena, (struct name){$RESIDUAL, @RESIDUAL}); }
  | REPEAT expr block_layers    { $$ = element_unsupported(parser->arena, (struct name){$REPEAT, @REPEAT}); }
  | REPEAT name IN expr DOTDOT expr block_layers
                                { $$ = element_unsupported(parser->arena, (struct name){$REPEAT, @REPEAT}); }

settings:
    '{' setting_lines '}'       { $$ = $setting_lines; }

setting_lines:
    %empty                      { $$ = (struct settings){0}; }
  | setting_lines NL
  | setting_lines setting NL    { $$ = settings_add($1, $setting); }
  | setting_lines error NL      { $$ = $1; $$.damaged = true; yyerrok; }

setting:
    expr                        { $$ = setting_new(parser->arena, (struct name){0}, $expr); }
  | name '=' expr               { $$ = setting_new(parser->arena, $name, $expr); }
  | name settings               { $$ = setting_new(parser->arena, $name, NULL); }

axes:
    '{' axis_lines '}'          { $$ = $axis_lines; }

axis_lines:
    %empty                      { $$ = (struct axes){0}; }
  | axis_lines NL
  | axis_lines axis NL          { $$ = axes_add($1, $axis); }
  | axis_lines error NL         { $$ = $1; yyerrok; }

axis:
    name IN expr                { $$ = axis_new(parser->arena, $name, $expr); }

parameters:
    %empty
  | parameter_list
  | parameter_list ','

parameter_list:
    parameter
  | parameter_list ',' parameter

parameter:
    name
  | name '=' expr

call:
    name                        { $$ = call_new(parser->arena, $name, (struct arguments){0}, @$); }
  | name '(' ')'                { $$ = call_new(parser->arena, $name, (struct arguments){0}, @$); }
  | name '(' args ')'           { $$ = call_new(parser->arena, $name, $args, @$); }

args:
    arg_list
  | arg_list ','

%type <arguments> arg_list;
arg_list:
    arg                         { $$ = arguments_add((struct arguments){0}, $arg); }
  | arg_list ',' arg            { $$ = arguments_add($1, $arg); }

arg:
    expr                        { $$ = argument_new(parser->arena, (struct name){0}, $expr); }
  | name '=' expr               { $$ = argument_new(parser->arena, $name, $expr); }

expr:
    NUMBER                      { $$ = expression_number(parser->arena, @$, $NUMBER); }
  | STRING                      { $$ = expression_string(parser->arena, @$, $STRING); }
  | call                        { $$ = expression_call(parser->arena, $call); }
  | '(' expr ')'                { $$ = expression_group(parser->arena, @$, $2); }
  | '[' ']'                     { $$ = expression_list(parser->arena, @$, (struct arguments){0}); }
  | '[' args ']'                { $$ = expression_list(parser->arena, @$, $args); }
  | expr '+' expr               { $$ = parser_binary(parser, $1, '+', $3, @2); }
  | expr '-' expr               { $$ = parser_binary(parser, $1, '-', $3, @2); }
  | expr '*' expr               { $$ = parser_binary(parser, $1, '*', $3, @2); }
  | expr '/' expr               { $$ = parser_binary(parser, $1, '/', $3, @2); }
  | expr '%' expr               { $$ = parser_binary(parser, $1, '%', $3, @2); }
  | expr '^' expr               { $$ = parser_binary(parser, $1, '^', $3, @2); }
  | '-' expr %prec NEGATE       { $$ = parser_negate(parser, @1, $2); }

name:
    NAME                        { $$ = (struct name){$NAME, @NAME}; }

%%

static int grammar_lex(GRAMMAR_STYPE *value, struct span *span, struct parser *parser) {
    struct token token = parser_token(parser);
    *span = token.span;
    if (token.kind == NUMBER) value->number = token.value.number;
    else value->text = token.value.text;
    return token.kind;
}

static int yyreport_syntax_error(const yypcontext_t *context, struct parser *parser) {
    enum { EXPECTED_MAX = 64 };
    yysymbol_kind_t expected[EXPECTED_MAX];
    const char *names[EXPECTED_MAX];
    int count = yypcontext_expected_tokens(context, expected, EXPECTED_MAX);
    for (int i = 0; i < count; i++) names[i] = yysymbol_name(expected[i]);
    parser_unexpected(parser, names, count);
    return 0;
}

static void grammar_error(struct span *span, struct parser *parser, const char *message) {
    (void)message;
    parser_exhausted(parser, *span);
}
