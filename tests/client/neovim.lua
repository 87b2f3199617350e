-- Opens a file with the language server, as a user's configuration would, and writes what
-- the editor then knows as JSON: diagnostics, the hover at a place, completions at another.
local file, out, hover, complete = arg_file, arg_out, arg_hover, arg_complete
vim.cmd("edit " .. vim.fn.fnameescape(file))
local id = vim.lsp.start_client({
  name = "glossary", cmd = { arg_program, "-m", "glossary.cli", "lsp", "--server", arg_server, unpack(arg_more) },
  init_options = arg_options,
  root_dir = vim.fn.fnamemodify(file, ":h"),
})
vim.lsp.buf_attach_client(0, id)
local heard = false
vim.lsp.handlers["textDocument/publishDiagnostics"] = (function(inner)
  return function(problem, answer, ...)
    heard = answer.diagnostics
    return inner(problem, answer, ...)
  end
end)(vim.lsp.handlers["textDocument/publishDiagnostics"])
vim.wait(30000, function() return heard end, 50)
local function ask(method, place)
  if not place then return vim.NIL end
  local answers = vim.lsp.buf_request_sync(0, method, {
    textDocument = vim.lsp.util.make_text_document_params(),
    position = { line = place[1], character = place[2] },
  }, 20000)
  for _, answer in pairs(answers or {}) do return answer.result or vim.NIL end
  return vim.NIL
end
-- What the editor offers for each mark, and the text after the first of them is taken.
local function fixes(mark)
  local params = {
    textDocument = vim.lsp.util.make_text_document_params(),
    range = mark.range,
    context = { diagnostics = { mark } },
  }
  local answers = vim.lsp.buf_request_sync(0, "textDocument/codeAction", params, 20000)
  for _, answer in pairs(answers or {}) do return answer.result or {} end
  return {}
end
local offered, mended = {}, vim.NIL
for _, d in ipairs(heard) do
  local actions = fixes(d)
  for _, action in ipairs(actions) do table.insert(offered, action.title) end
end
local said = {}
for _, d in ipairs(vim.diagnostic.get(0)) do
  local lines = vim.api.nvim_buf_get_text(0, d.lnum, d.col, d.end_lnum, d.end_col, {})
  table.insert(said, { text = table.concat(lines, "\n"), message = d.message, line = d.lnum })
end
local hovered, completed = ask("textDocument/hover", hover), ask("textDocument/completion", complete)
for _, d in ipairs(heard) do
  local first = fixes(d)[1]
  if first then
    vim.lsp.util.apply_workspace_edit(first.edit, "utf-16")
    mended = table.concat(vim.api.nvim_buf_get_lines(0, 0, -1, false), "\n")
    break
  end
end
local result = vim.json.encode({
  diagnostics = said, hover = hovered, completion = completed,
  offered = offered, mended = mended,
})
vim.fn.writefile({ result }, out)
vim.lsp.stop_client(id)
vim.cmd("qall!")
