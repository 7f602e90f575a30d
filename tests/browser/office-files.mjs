// Files that people choose: an office's blank form, and what nobody should have to open.

import { deflateRawSync } from "node:zlib";

import { zip } from "./zip.mjs";

const MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
const cell = (text, span = 1) => `<w:tc><w:tcPr><w:tcW w:w="${span * 2200}" w:type="dxa"/>${span > 1 ? `<w:gridSpan w:val="${span}"/>` : ""}</w:tcPr><w:p>${text ? `<w:r><w:t xml:space="preserve">${text}</w:t></w:r>` : ""}</w:p></w:tc>`;
const row = (...cells) => `<w:tr>${cells.join("")}</w:tr>`;

/** A small form as an office makes it: no marks for programs. */
export function blank(extra = {}) {
  const rows = [
    row(cell("姓　名"), cell(""), cell("民族"), cell("")),
    row(cell("通讯地址"), cell("", 2), cell("照片")),
    row(cell("出生年月"), cell(""), cell("参加工作时间"), cell("")),
    row(cell("单位性质"), cell("", 3)),
    row(cell("吉祥物"), cell("", 3)),
    row(cell("单位意见"), cell("（盖章）　　年　月　日", 3)),
  ];
  const grid = '<w:gridCol w:w="2200"/>'.repeat(4);
  return zip({
    "[Content_Types].xml": '<?xml version="1.0" encoding="UTF-8"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>',
    "_rels/.rels": '<?xml version="1.0" encoding="UTF-8"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>',
    "word/document.xml": `<?xml version="1.0" encoding="UTF-8"?><w:document xmlns:w="${MAIN}"><w:body><w:p><w:r><w:t>人选登记表</w:t></w:r></w:p><w:tbl><w:tblPr/><w:tblGrid>${grid}</w:tblGrid>${rows.join("")}</w:tbl><w:p/><w:sectPr><w:pgSz w:w="11906" w:h="16838"/></w:sectPr></w:body></w:document>`,
    ...extra,
  });
}

/** A compound file of Word's old kind, with a stream of this name. */
function compound(stream) {
  const bytes = Buffer.alloc(4096);
  bytes.write("D0CF11E0A1B11AE1", "hex");
  bytes.write(stream, 1024, "utf16le");
  return bytes;
}

const body = (content) => `<?xml version="1.0" encoding="UTF-8"?><w:document xmlns:w="${MAIN}"><w:body>${content}</w:body></w:document>`;
const entities = `<?xml version="1.0"?><!DOCTYPE d [<!ENTITY a0 "aaaaaaaaaa">${Array.from({ length: 9 }, (_, place) => `<!ENTITY a${place + 1} "${`&a${place};`.repeat(10)}">`).join("")}]><d>&a9;</d>`;

/** Files that are refused, made when they are wanted: some are large. */
export const HOSTILE = {
  "不是.docx": () => Buffer.from("%PDF-1.7"),
  "断.docx": () => blank().subarray(0, 400),
  "空.docx": () => Buffer.alloc(0),
  "旧.doc": () => compound("WordDocument"),
  "密码.docx": () => compound("EncryptedPackage"),
  "宏.docm": () => blank({ "word/vbaProject.bin": "macros" }),
  "实体.docx": () => blank({ "word/document.xml": entities }),
  "层层.docx": () => blank({ "word/document.xml": body(`${"<w:tbl><w:tr><w:tc>".repeat(10_000)}${"</w:tc></w:tr></w:tbl>".repeat(10_000)}`) }),
  "炸弹.docx": () => blank({ "word/document.xml": { deflated: deflateRawSync(Buffer.alloc(200_000_000, " ")), size: 200_000_000 } }),
  // It says that it is small.
  "谎报.docx": () => blank({ "word/document.xml": { deflated: deflateRawSync(Buffer.alloc(200_000_000, " ")), size: 5_000 } }),
  "许多.docx": () => blank(Object.fromEntries(Array.from({ length: 10_000 }, (_, place) => [`word/part${place}.xml`, "<a/>"]))),
  "大.docx": () => Buffer.concat([blank(), Buffer.alloc(51_000_000)]),
};
