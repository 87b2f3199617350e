// As much of Office.js and Word as the pane asks for, over one paragraph of text: Word
// itself runs nowhere but on Windows, macOS and at Microsoft's.
const holder = { text: "The community of common destiny is discussed.", marked: [4, 31] };
globalThis.holder = holder;
let listener = () => {};
holder.mark = (from, to) => {
  holder.marked = [from, to];
  listener();
};
globalThis.Office = {
  CoercionType: { Text: "text" },
  AsyncResultStatus: { Succeeded: "succeeded" },
  EventType: { DocumentSelectionChanged: "documentSelectionChanged" },
  onReady: (act) => act({ host: "Word", platform: "OfficeOnline" }),
  context: {
    document: {
      getSelectedDataAsync: (_, act) => act({ status: "succeeded", value: holder.text.slice(...holder.marked) }),
      setSelectedDataAsync: (text) => {
        holder.text = holder.text.slice(0, holder.marked[0]) + text + holder.text.slice(holder.marked[1]);
      },
      addHandlerAsync: (_, act) => {
        listener = act;
      },
    },
  },
};
globalThis.Word = {
  run: (act) =>
    act({
      sync: async () => {},
      document: {
        body: {
          load: () => {},
          get text() {
            return holder.text;
          },
          search: (wrong) => {
            const at = holder.text.indexOf(wrong);
            const place = {
              select: () => {
                holder.marked = [at, at + wrong.length];
              },
              insertText: (text) => {
                holder.text = holder.text.replace(wrong, text);
              },
            };
            return { load: () => {}, items: at < 0 ? [] : [place] };
          },
        },
      },
    }),
};
