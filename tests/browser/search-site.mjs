// A small site to search in: place names, everyday words, and numbers that only show how numbers are written.
import { cpSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { root } from './portal.mjs';

const config = `base_url = "https://tin.example"
title = "Trang mẫu"
default_language = "vi"
theme = "tinso-news"
generate_feeds = true
taxonomies = [{ name = "topics" }]
[languages.en]
title = "Sample site"
generate_feeds = true
taxonomies = [{ name = "topics" }]
[extra.tinso]
search = true
areas = { VN = { vi = "Cả nước", en = "Vietnam" }, VN-26 = { vi = "Huế", en = "Huế" } }
`;

// slug, topic, title, text: Vietnamese, then English.
const pages = [
  ['thue-bao', 'words', 'Thuê bao', 'Người thuê bao trả tiền mỗi tháng để dùng điện thoại.', 'Subscriber', 'A subscriber pays every month to use a telephone.'],
  ['thue-nha', 'words', 'Thuê nhà', 'Người thuê nhà ký giấy với chủ nhà, và giữ một bao diêm.', 'Renting a house', 'Tenants sign a paper with the owner of the house.'],
  ['thue', 'words', 'Thuế là gì', 'Thuế là khoản tiền mà mọi người cùng góp.', 'What a tax is', 'A tax is money that everybody gives.'],
  ['duong-sat', 'places', 'Đường sắt Thống Nhất', 'Tàu chạy từ Hà Nội vào Sài Gòn.', 'The Reunification Railway', 'Trains run from Hà Nội to Sài Gòn on the đường sắt.'],
  ['duong-pho', 'words', 'Phố nhỏ', 'Con đường nhỏ. Nhà bên phải có cửa sắt, nhà bên trái có cửa gỗ, trên đường có cột sắt.', 'Streets and gates', 'A small street with iron gates. The road is narrow.'],
  ['duong-mia', 'words', 'Đường mía', 'Đường làm từ cây mía.', 'Cane sugar', 'Sugar is made of cane.'],
  ['mat-troi', 'words', 'Mặt trời', 'Ánh dương buổi sáng.', 'The sun', 'Light in the morning.'],
  ['hoa-binh', 'places', 'Thành phố Hòa Bình', 'Thành phố bên sông Đà.', 'Hòa Bình city', 'A city on the Đà river.'],
  ['hoa-sen', 'words', 'Hoa sen', 'Hoa nở trong hồ.', 'Lotus flowers', 'They bloom in ponds.'],
  ['hue', 'places', 'Huế', 'Cố đô bên sông Hương.', 'Huế', 'The old capital on the Perfume River.'],
  ['hoa-hue', 'words', 'Hoa huệ', 'Hoa trắng, thơm về đêm.', 'Tuberoses', 'White flowers with a scent at night.'],
  ['ha-noi', 'places', 'Hà Nội', 'Thủ đô bên sông Hồng.', 'Hà Nội', 'The capital on the Red River.'],
  ['da-nang', 'places', 'Đà Nẵng', 'Thành phố bên biển.', 'Đà Nẵng', 'A city by the sea.'],
  ['can-tho', 'places', 'Cần Thơ', 'Chợ nổi trên sông.', 'Cần Thơ', 'A floating market on the river.'],
  ['tho-luc-bat', 'words', 'Thơ lục bát', 'Câu sáu chữ, câu tám chữ.', 'Six-eight verse', 'Lines of six and eight syllables.'],
  ['tho-moc', 'words', 'Thợ mộc', 'Người làm bàn ghế.', 'Carpenters', 'People who make tables and chairs.'],
  ['ca-phe', 'words', 'Cà phê', 'Một ly cà phê sữa.', 'Coffee', 'A glass of coffee with milk.'],
  ['pho', 'words', 'Phở', 'Món phở nóng cho buổi sáng.', 'Noodle soup', 'Hot phở for the morning.'],
  ['pho-co', 'places', 'Phố cổ Hội An', 'Đèn lồng trên phố.', 'The old town of Hội An', 'Lanterns in the streets.'],
  ['mua-rao', 'words', 'Mưa rào', 'Mưa buổi chiều.', 'Showers', 'Rain in the afternoon.'],
  ['mua-xuan', 'words', 'Mùa xuân', 'Mùa của hoa đào.', 'Spring', 'The season of peach flowers.'],
  ['mua-ban', 'words', 'Mua bán ở chợ', 'Người mua hỏi giá.', 'Buying and selling', 'Buyers ask for the price at the market.'],
  ['ky-thuat', 'words', 'Kỹ thuật viết', 'Viết câu ngắn, dùng từ quen.', 'Techniques of writing', 'Short sentences of known words.'],
  ['so-viet', 'words', 'Số viết thế nào', 'Tiếng Việt viết 1.234,5 và 1.161.836.', 'How numbers are written', 'English writes 1,234.5 and 1,161,836.'],
  ['trieu', 'words', 'Từ cho số lớn', 'Ta đọc 86,9 triệu chứ không đọc từng số không.', 'Words for large numbers', 'We read 86.9 million and not every zero.'],
  ['mang-4g', 'words', 'Mạng 4G', 'Mạng 4G nhanh hơn 3G.', '4G networks', 'A 4G network is faster than 3G.'],
  ['thu-vien', 'places', 'Thư viện', 'Nơi đọc và mượn sách.', 'Libraries', 'Places to read and borrow books.'],
  ['buu-dien', 'places', 'Bưu điện', 'Nơi gửi thư.', 'Post offices', 'Places to send letters.'],
  ['song-huong', 'places', 'Sông Hương', 'Dòng sông chảy qua Huế.', 'The Perfume River', 'The Sông Hương flows through Huế.'],
  ['huong-tram', 'words', 'Hương trầm', 'Mùi hương trong chùa.', 'Incense', 'A scent in pagodas.'],
];
const topics = { words: ['Từ ngữ', 'Words'], places: ['Địa danh', 'Places'] };

const files = {
  'config.toml': config,
  'content/_index.md': '+++\ntitle = "Trang mẫu"\n+++\n',
  'content/_index.en.md': '+++\ntitle = "Sample site"\n+++\n',
  'content/news/_index.md': '+++\ntitle = "Bài"\nsort_by = "date"\n+++\n',
  'content/news/_index.en.md': '+++\ntitle = "Pages"\nsort_by = "date"\n+++\n',
  'content/indicators/_index.md': '+++\ntitle = "Chỉ số"\ntemplate = "indicators.html"\npage_template = "indicator.html"\n+++\n',
  'content/indicators/_index.en.md': '+++\ntitle = "Indicators"\ntemplate = "indicators.html"\npage_template = "indicator.html"\n+++\n',
  'content/indicators/sample-length.md': '+++\ntitle = "Độ dài thước mẫu"\n[extra.indicator]\nunit = "m"\nunit_label = "mét"\ndecimals = 1\nmeasure = "stock"\nref_area = "VN-26"\n+++\nCái thước chỉ để làm mẫu.\n',
  'content/indicators/sample-length.en.md': '+++\ntitle = "Length of the sample ruler"\n[extra.indicator]\nunit_label = "metres"\n+++\nA ruler that is only a sample.\n',
  'content/news/thuoc.md': '+++\ntitle = "Cái thước mẫu"\ndate = 2021-05-01\n[taxonomies]\ntopics = ["Từ ngữ"]\n[extra.source]\nname = "Xưởng mẫu"\n[[extra.metrics]]\nindicator = "sample-length"\ntime_period = "2020"\nvalue = 1.5\n+++\nThước dài {{ metric(indicator="sample-length") }}.\n',
  'content/news/thuoc.en.md': '+++\ntitle = "The sample ruler"\ndate = 2021-05-01\n[taxonomies]\ntopics = ["Words"]\n+++\nIt is {{ metric(indicator="sample-length") }} long.\n',
};
pages.forEach(([slug, topic, title, text, englishTitle, englishText], at) => {
  const head = (name, lang) => `+++\ntitle = "${name}"\ndate = ${2019 + (at % 2)}-01-${String(at + 1).padStart(2, '0')}\n[taxonomies]\ntopics = ["${topics[topic][lang]}"]\n+++\n`;
  files[`content/news/${slug}.md`] = `${head(title, 0)}${text} Bài mẫu.\n`;
  files[`content/news/${slug}.en.md`] = `${head(englishTitle, 1)}${englishText} A sample.\n`;
});

export const count = pages.length + 1;

// What index and script must read alike: the words of the documentation, and letters, marks and numbers of all kinds.
const written = readdirSync(join(root, 'docs')).filter((name) => name.endsWith('.md')).map((name) => readFileSync(join(root, 'docs', name), 'utf8')).join(' ');
const strange = 'İstanbul ΑΣΦΑΛΕΙΑΣ Straße ﬁ Ǆ e\u0301te\u0301 đu\u031bo\u031b\u0300ng Kỹ kĩ quý buses boxes cities classes 1.234,50 1,234.50 007 0,007 1.2.3 12,5 12.5 4G Q4/2020 65+ '
  + '٣٤ ①② x² naïve co-operate user’s 12 triệu 1,5 tỷ 2 nghìn tỷ 3 million 4.5 billion 漢字 日本語 한국어 𠮷野 a\u{1d7d8}b';
export const oddWords = `${written.match(/[\p{L}\p{N}'’.,]+/gu).join(' ')} ${strange}`;
for (const lang of ['', '.en']) files[`content/odd${lang}.md`] = `+++\ntitle = "Odd"\ndescription = ${JSON.stringify(oddWords)}\n+++\n`;

export function writeSite() {
  const folder = mkdtempSync(join(tmpdir(), 'tinso-search-'));
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  cpSync(join(root, 'themes'), join(folder, 'themes'), { recursive: true });
  return { folder, remove: () => rmSync(folder, { recursive: true }) };
}
