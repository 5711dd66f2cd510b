_brew() {
  local current=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD-1]}
  COMPREPLY=()
  if ((COMP_CWORD == 1)); then
    COMPREPLY=($(compgen -W "apply plan version completions help" -- "$current"))
    return
  fi
  case "${COMP_WORDS[1]}" in
    apply)
      case "$previous" in
        --output|-o) COMPREPLY=($(compgen -f -- "$current")); return ;;
        --temp) COMPREPLY=($(compgen -d -- "$current")); return ;;
        --threads) COMPREPLY=($(compgen -W "" -- "$current")); return ;;
        --limit) COMPREPLY=($(compgen -W "" -- "$current")); return ;;
        --memory) COMPREPLY=($(compgen -W "" -- "$current")); return ;;
        --set) COMPREPLY=($(compgen -W "" -- "$current")); return ;;
        --as-of) COMPREPLY=($(compgen -W "" -- "$current")); return ;;
        --color) COMPREPLY=($(compgen -W "auto always never" -- "$current")); return ;;
      esac
      if [[ $current == -* ]]; then
        COMPREPLY=($(compgen -W "--output -o --temp --threads --limit --memory --set --as-of --json --color --help -h" -- "$current"))
      else
        COMPREPLY=($(compgen -f -- "$current"))
      fi ;;
    plan)
      case "$previous" in
        --format) COMPREPLY=($(compgen -W "text json dot mermaid" -- "$current")); return ;;
        --color) COMPREPLY=($(compgen -W "auto always never" -- "$current")); return ;;
      esac
      if [[ $current == -* ]]; then
        COMPREPLY=($(compgen -W "--format --color --help -h" -- "$current"))
      else
        COMPREPLY=($(compgen -f -- "$current"))
      fi ;;
    version)
      case "$previous" in
        --color) COMPREPLY=($(compgen -W "auto always never" -- "$current")); return ;;
      esac
      COMPREPLY=($(compgen -W "--color --help -h" -- "$current")) ;;
    completions)
      case "$previous" in
        --color) COMPREPLY=($(compgen -W "auto always never" -- "$current")); return ;;
      esac
      if [[ $current == -* ]]; then
        COMPREPLY=($(compgen -W "--color --help -h" -- "$current"))
      else
        COMPREPLY=($(compgen -W "bash zsh fish" -- "$current"))
      fi ;;
    help)
      case "$previous" in
        --color) COMPREPLY=($(compgen -W "auto always never" -- "$current")); return ;;
      esac
      if [[ $current == -* ]]; then
        COMPREPLY=($(compgen -W "--color --help -h" -- "$current"))
      else
        COMPREPLY=($(compgen -W "apply plan version completions help" -- "$current"))
      fi ;;
  esac
}
complete -o filenames -F _brew brew databrew
