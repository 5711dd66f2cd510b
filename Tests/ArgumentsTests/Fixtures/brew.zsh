#compdef brew databrew
_brew() {
  local -a commands=(
    'apply:Compile a recipe, run it and report.'
    'plan:Show the typed plan of a recipe.'
    'version:Show the version.'
    'completions:Print the completions for a shell.'
    'help:Show what there is, or how to use a command.'
  )
  if ((CURRENT == 2)); then
    _describe command commands
    return
  fi
  local command=$words[2]
  shift words
  ((CURRENT--))
  case $command in
    apply)
      _arguments \
        '--output[Write accepted rows here instead of where the recipe says.]:output:_files' \
        '-o[Write accepted rows here instead of where the recipe says.]:output:_files' \
        '--temp[Where to spill.]:temp:_files -/' \
        '--threads[Workers.]:threads: ' \
        '--limit[Stop after this many records.]:limit: ' \
        '--memory[Keep within this much memory.]:memory: ' \
        '*--set[Set a parameter of the recipe.]:set: ' \
        '--as-of[The run'\''s own time.]:as-of: ' \
        '--json[Put the report on standard output, as JSON.]' \
        '--color[Whether to colour what people read.]:color:(auto always never)' \
        '--help[Show this help.]' \
        '-h[Show this help.]' \
        ':RECIPE:_files' \
        '*:INPUT:_files' ;;
    plan)
      _arguments \
        '--format[How to show it.]:format:(text json dot mermaid)' \
        '--color[Whether to colour what people read.]:color:(auto always never)' \
        '--help[Show this help.]' \
        '-h[Show this help.]' \
        ':RECIPE:_files' ;;
    version)
      _arguments \
        '--color[Whether to colour what people read.]:color:(auto always never)' \
        '--help[Show this help.]' \
        '-h[Show this help.]' ;;
    completions)
      _arguments \
        '--color[Whether to colour what people read.]:color:(auto always never)' \
        '--help[Show this help.]' \
        '-h[Show this help.]' \
        ':SHELL:(bash zsh fish)' ;;
    help)
      _arguments \
        '--color[Whether to colour what people read.]:color:(auto always never)' \
        '--help[Show this help.]' \
        '-h[Show this help.]' \
        '::COMMAND:(apply plan version completions help)' ;;
  esac
}
if [[ $funcstack[1] == _brew ]]; then
  _brew "$@"
else
  compdef _brew brew databrew
fi
