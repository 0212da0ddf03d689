// What the code editor takes from CodeMirror 6. No completion: an interview's editor has none.
import { closeBrackets, closeBracketsKeymap } from "@codemirror/autocomplete"
import { defaultKeymap, history, historyKeymap, indentWithTab } from "@codemirror/commands"
import { cpp } from "@codemirror/lang-cpp"
import { go } from "@codemirror/lang-go"
import { java } from "@codemirror/lang-java"
import { javascript } from "@codemirror/lang-javascript"
import { python } from "@codemirror/lang-python"
import { bracketMatching, HighlightStyle, indentOnInput, indentUnit, syntaxHighlighting } from "@codemirror/language"
import { Compartment, EditorState } from "@codemirror/state"
import { drawSelection, EditorView, highlightActiveLine, keymap, lineNumbers, placeholder } from "@codemirror/view"
import { tags } from "@lezer/highlight"

export const languages = { Python: python, Java: java, Go: go, "C++": cpp, JavaScript: javascript }
export { bracketMatching, closeBrackets, closeBracketsKeymap, Compartment, defaultKeymap, drawSelection, EditorState }
export { EditorView, HighlightStyle, highlightActiveLine, history, historyKeymap, indentOnInput, indentUnit }
export { indentWithTab, keymap, lineNumbers, placeholder, syntaxHighlighting, tags }
