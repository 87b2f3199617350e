-- Opens a file with the language server, as a user's configuration would, and writes what
-- the editor then knows as JSON: diagnostics, the hover at a place, completions at another.
local file, out, hover, complete = arg_file, arg_out, arg_hover, arg_complete
vim.cmd("edit " .. vim.fn.fnameescape(file))
local id = vim.lsp.start_client({
  name = "glossary", cmd = { arg_program, "-m", "glossary.cli", "lsp", "--server", arg_server },
  root_dir = vim.fn.fnamemodify(file, ":h"),
})
vim.lsp.buf_attach_client(0, id)
local heard = false
vim.lsp.handlers["textDocument/publishDiagnostics"] = (function(inner)
  return function(...) heard = true; return inner(...) end
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
local said = {}
for _, d in ipairs(vim.diagnostic.get(0)) do
  local lines = vim.api.nvim_buf_get_text(0, d.lnum, d.col, d.end_lnum, d.end_col, {})
  table.insert(said, { text = table.concat(lines, "\n"), message = d.message, line = d.lnum })
end
local result = vim.json.encode({
  diagnostics = said, hover = ask("textDocument/hover", hover),
  completion = ask("textDocument/completion", complete),
})
vim.fn.writefile({ result }, out)
vim.lsp.stop_client(id)
vim.cmd("qall!")
