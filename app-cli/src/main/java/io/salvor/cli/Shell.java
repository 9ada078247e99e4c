package io.salvor.cli;

import java.util.Arrays;
import java.util.Locale;

/// A shell that can complete `salvor`. The scripts only ask `salvor __complete`, so they stay good
/// when commands come and go.
enum Shell {
  BASH("bash-completion/completions/salvor") {
    @Override
    String script() {
      return """
      # bash completion of salvor. To use it in this shell: source <(salvor completion bash)
      _salvor() {
        local line words=("${COMP_WORDS[@]:1:COMP_CWORD}")
        COMPREPLY=()
        while IFS= read -r line; do
          case $line in
            :files) compopt -o default 2>/dev/null ;;
            :dirs) compopt -o dirnames 2>/dev/null ;;
            *) COMPREPLY+=("${line%%$'\\t'*}") ;;
          esac
        done < <("${COMP_WORDS[0]}" __complete "${words[@]}" 2>/dev/null)
      }
      complete -o nosort -F _salvor salvor 2>/dev/null || complete -F _salvor salvor
      """;
    }
  },
  ZSH("zsh/site-functions/_salvor") {
    @Override
    String script() {
      return """
      #compdef salvor
      # zsh completion of salvor. To use it in this shell: source <(salvor completion zsh)
      _salvor() {
        local line
        local -a offers
        for line in "${(@f)$("${words[1]}" __complete "${(@)words[2,CURRENT]}" 2>/dev/null)}"; do
          case $line in
            :files) _files; return ;;
            :dirs) _files -/; return ;;
            *$'\\t'*) offers+=("${${line%%$'\\t'*}//:/\\\\:}:${line#*$'\\t'}") ;;
            ?*) offers+=("${line//:/\\\\:}") ;;
          esac
        done
        _describe -V salvor offers
      }
      if [ "$funcstack[1]" = _salvor ]; then _salvor "$@"; else compdef _salvor salvor; fi
      """;
    }
  },
  FISH("fish/vendor_completions.d/salvor.fish") {
    @Override
    String script() {
      return """
      # fish completion of salvor. To use it in this shell: salvor completion fish | source
      function __salvor_complete
          set -l words (commandline -opc) (commandline -ct)
          for line in ($words[1] __complete $words[2..-1] 2>/dev/null)
              switch $line
                  case :files
                      __fish_complete_path (commandline -ct)
                  case :dirs
                      __fish_complete_directories (commandline -ct)
                  case '*'
                      echo $line
              end
          end
      end
      complete -c salvor -f -k -a '(__salvor_complete)'
      """;
    }
  };

  private final String place;

  Shell(String place) {
    this.place = place;
  }

  /// What makes the shell complete.
  abstract String script();

  /// Where below a `share` folder the shell looks for it.
  String place() {
    return place;
  }

  /// The shell of this name; throws IllegalArgumentException for another.
  static Shell named(String name) {
    return Arrays.stream(values())
        .filter(it -> it.name().toLowerCase(Locale.ROOT).equals(name))
        .findFirst()
        .orElseThrow(
            () -> new IllegalArgumentException("'" + name + "' is none of bash, zsh, fish"));
  }
}
