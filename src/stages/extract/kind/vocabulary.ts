/**
 * Topics of pages that are not articles, in the languages of most lists. A word is one piece of evidence and does not decide:
 * pages in other languages are recognised by their structure. Entries in alphabetic scripts match the beginnings of words.
 */

export type Topic = 'error' | 'consent' | 'paywall' | 'access';

interface Concept {
  readonly topic: Topic;
  /** Beginnings of words in alphabetic scripts. */
  readonly words: string;
  /** Parts of text in scripts without spaces, or with prefixes. */
  readonly parts: string;
}

const CONCEPTS: readonly Concept[] = [
  {
    topic: 'error',
    words:
      'page|seite|pagina|página|strona|stron[ay]|страниц|сторінк|sayfa|trang|sida|siden|side|stránk|sivu|oldal|σελίδα|halaman',
    parts: '페이지|게시물|게시글|ページ|記事が|帖子|页面|頁面|网页|網頁|الصفحة|صفحة|הדף|العنوان|หน้า|पृष्ठ|पेज',
  },
  {
    topic: 'error',
    words:
      "not found|(?:could|can|cannot)(?: no|n'|n’)?t? ?(?:be )?f(?:ou|i)nd|not? (?:longer )?(?:available|exist)|n['o’]?t (?:available|exist|found)|(?:isn|wasn|doesn|couldn|can)['’]t|nicht (?:gefunden|mehr|verfügbar|vorhanden|existier)|introuvable|n['’]existe|n['’]est (?:plus|pas)|pas trouvé|no (?:se (?:ha )?(?:encontr|encuentr)|existe|encontrad|está disponible)|non (?:trovat|esiste|è (?:più )?(?:disponibil|stata trovat))|não (?:foi )?(?:encontrad|existe|está)|niet (?:gevonden|bestaa|beschikbaar)|nie (?:została )?(?:znalezion|istnieje)|не (?:найден|существу|знайден|існу)|bulunam|mevcut değil|không (?:tìm|tồn)|hittades inte|finns inte|findes ikke|ikke (?:funnet|fundet)|nenalezen|nebyla nalezena|ei löyd|nem található|δεν (?:βρέθηκε|υπάρχει)|tidak ditemukan",
    parts:
      '찾을 수 없|존재하지 않|없는 페이지|見つかりません|見つかりませんでした|存在しない|存在しません|不存在|找不到|未找到|无法找到|無法找到|غير موجود|لم يتم العثور|לא נמצא|ไม่พบ|नहीं मिल',
  },
  {
    topic: 'error',
    words:
      'address|url|link|spell|typ(?:ed|o)|adress|tippfehler|eingegeben|lien|adresse|dirección|enlace|indirizzo|collegamento|endereço|koppeling|odnośnik|адрес|ссылк|посиланн|bağlantı|địa chỉ|länk|lenke|odkaz|osoit|linkki|hivatkozás|διεύθυνση|tautan|alamat',
    parts: '주소|링크|アドレス|リンク|网址|網址|链接|連結|地址|الرابط|رابط|קישור|ลิงก์|लिंक|पता',
  },
  {
    topic: 'error',
    words:
      'moved|removed|deleted|broken|expired|renamed|verschoben|gelöscht|entfernt|veraltet|verzogen|déplacé|supprimé|expiré|movid|eliminad|borrad|caducad|spostat|rimoss|cancellat|removid|excluíd|apagad|verplaatst|verwijderd|przeniesion|usunięt|удален|перемещ|видален|переміщ|silinmiş|taşınmış|kaldırıl|đã bị xóa|flyttat|tagits bort|flyttet|slettet|fjernet|smazán|přesunut|poistettu|siirretty|törölt|áthelyez|διαγραφεί|μετακινηθεί|dihapus|dipindahkan',
    parts: '삭제|변경|이동되|削除|移動|变更|變更|删除|刪除|移除|已过期|已移动|حذف|نقل|הוסר|הועבר|ถูกลบ|हटा',
  },
  {
    topic: 'error',
    words:
      "home ?page|front page|start ?page|startseite|hauptseite|(?:page d[’']?)?accueil|(?:página )?(?:principal|inicio|inicial)|portada|home|página inicial|voorpagina|startpagina|stron[ay] główn|главн|головн|ana ?sayfa|trang chủ|startsid|forsid|domovsk|hlavní|etusivu|kezdőlap|főoldal|αρχική|beranda|go back|try again|back to",
    parts:
      '홈으로|홈페이지|메인|첫 화면|이전 페이지|トップページ|ホーム|首页|首頁|返回|الرئيسية|דף הבית|หน้าแรก|मुखपृष्ठ|होम',
  },
  {
    topic: 'error',
    words:
      'sorry|apolog|oops|whoops|error|fehler|leider|entschuldig|hoppla|erreur|désolé|oups|lo sentimos|vaya|ups|spiacent|errore|siamo spiacenti|ops|desculp|lamentamos|erro|helaas|fout|niestety|przepraszamy|błąd|ошибк|извинит|к сожалению|помилк|вибачте|hata|üzgünüz|maalesef|xin lỗi|lỗi|tyvärr|fel|beklager|desværre|feil|fejl|omlouváme|chyba|bohužel|valitettavasti|virhe|sajnáljuk|hiba|σφάλμα|συγγνώμη|maaf|kesalahan|4(?:04|10|03)|50[0-4]',
    parts:
      '죄송|오류|에러|잘못|申し訳|エラー|お探しの|抱歉|错误|錯誤|对不起|عذرا|عذراً|خطأ|נא |שגיאה|מצטער|ขออภัย|क्षमा|त्रुटि',
  },
  {
    topic: 'consent',
    words: 'cookie|cookies|ciastecz|куки|cookie-k|sütik|evästee|informasjonskapsl|kakor|çerez',
    parts: '쿠키|クッキー|Cookie|ملفات تعريف|עוגיות|คุกกี้|कुकी',
  },
  {
    topic: 'consent',
    words:
      'consent|accept|agree|reject|refuse|decline|zustimm|einwillig|akzeptier|ablehn|einverstand|accepte|consente|refuse|acept|consent|rechaz|accett|rifiut|aceit|rejeit|recus|toestem|akkoord|weiger|zgod|akceptuj|odrzu|соглас|принять|принима|отклон|погодж|kabul|reddet|onay|đồng ý|chấp nhận|godkänn|samtyck|accepter|samtykke|souhlas|přijm|odmít|hyväksy|suostu|elfogad|hozzájárul|συναίνεσ|αποδοχ|setuju|terima',
    parts: '동의|수락|거부|同意|承諾|許可|拒否|拒绝|拒絕|接受|موافق|قبول|رفض|הסכמ|מסכי|ยอมรับ|ยินยอม|सहमति|स्वीकार',
  },
  {
    topic: 'consent',
    words:
      'privacy|personal data|data protection|datenschutz|personenbezogen|vie privée|confidentialité|données personnelles|privacidad|datos personales|dati personali|privacidade|dados pessoais|persoonsgegevens|prywatnoś|danych osobowych|конфиденциальн|персональн|gizlilik|kişisel veri|quyền riêng tư|integritet|personuppgift|privatliv|personopplysning|osobních údaj|soukromí|tietosuoj|adatvédel|személyes adat|απόρρητ|προσωπικ|privasi',
    parts:
      '개인정보|개인 정보|プライバシー|個人情報|隐私|隱私|个人信息|個人資料|الخصوصية|البيانات الشخصية|פרטיות|ความเป็นส่วนตัว|गोपनीयता',
  },
  {
    topic: 'consent',
    words:
      'partner|vendor|third part|advertis|personali[sz]|tracking|purposes|werbe|anzeigen|drittanbiet|zweck|publicit|partenaires|tiers|finalité|socios|terceros|publicidad|anuncios|terze parti|pubblicità|finalità|parceir|terceiros|publicidade|derden|advertentie|doeleinden|reklam|partnerów|podmiot|партн|реклам|ortak|đối tác|quảng cáo|annons|samarbetspartner|annonc|reklám|kumppan|mainon|συνεργ|διαφημ|mitra|iklan',
    parts:
      '파트너|제3자|광고|맞춤|パートナー|第三者|広告|合作伙伴|合作夥伴|第三方|广告|廣告|الشركاء|الإعلانات|שותפ|פרסום|พันธมิตร|โฆษณา|विज्ञापन',
  },
  {
    topic: 'consent',
    words:
      'settings|preferences|manage|withdraw|device|store (?:and|or)|einstellung|verwalten|widerruf|endgerät|gerät|paramét|préférences|gérer|appareil|retirer|configur|preferencias|gestionar|dispositivo|retirar|impostazioni|preferenze|gestisci|definições|preferências|gerir|gerenciar|instellingen|voorkeuren|beheer|apparaat|ustawie|urządzeni|настройк|устройств|ayarlar|tercih|cihaz|cài đặt|thiết bị|inställning|enhet|indstilling|nastavení|zařízení|asetu|laite|beállítás|eszköz|ρυθμίσεις|pengaturan|perangkat',
    parts: '설정|관리|기기|설문|設定|管理|端末|デバイス|设置|設置|设备|偏好|الإعدادات|الجهاز|הגדרות|מכשיר|การตั้งค่า|सेटिंग',
  },
  {
    topic: 'paywall',
    words:
      'subscri|subscriber|membership|members?[- ]only|abonn|abonnier|abbonat|abbonament|suscri|assin|abonne|prenumer|подпис|передплат|abone|đăng ký|předplat|tilaa|előfizet|συνδρομ|berlangganan|premium|plus-artikel',
    parts:
      '구독|유료|멤버십|회원 전용|프리미엄|有料|会員|購読|会员|會員|订阅|訂閱|付费|付費|اشترك|مشترك|الاشتراك|מנוי|สมัครสมาชิก|सदस्य',
  },
  {
    topic: 'paywall',
    words:
      'continue reading|keep reading|read (?:on|the (?:full|rest|whole))|full (?:article|story|access)|unlock|weiterlesen|weiter lesen|ganzen artikel|freischalt|vollen zugriff|lire la suite|lisez|poursui(?:vre|vez)|intégralité|réservé|seguir leyendo|sigue leyendo|continu(?:ar|e|a) (?:leyendo|lendo|a leggere|leggere)|exclusiv|contenido completo|leggi tutto|riservat|leia mais|acesso|verder lezen|lees verder|czytaj dalej|pełny dostęp|читать дальше|полный доступ|читати далі|devamını oku|okumaya devam|đọc tiếp|läs vidare|læs videre|les videre|číst dál|lue lisää|olvass tovább|συνέχεια|lanjut membaca|already (?:a|have)|bereits (?:abonnent|registr)|déjà abonn|ya eres|già abbonat',
    parts:
      '계속 읽|전문을|더 읽|나머지|이어서|続きを読|続きは|全文|残り|ログイン|继续阅读|繼續閱讀|阅读全文|剩余|閱讀更多|登录|登錄|登入|اقرأ|متابعة القراءة|המשך קריאה|อ่านต่อ|आगे पढ़ें|पूरा पढ़ें',
  },
  {
    topic: 'paywall',
    words:
      'sign in|log ?in|register|trial|per month|a month|a week|cancel any ?time|free for|anmeld|einloggen|registrier|monat|kündbar|probe|connectez|identifi|inscri|par mois|essai|sans engagement|inicia|regístr|al mes|accedi|registrat|al mese|entre|cadastr|por mês|grátis|inloggen|per maand|zaloguj|miesiąc|войдите|зарегистр|месяц|увійд|giriş|aylık|đăng nhập|logga in|månad|log ind|måned|přihl|měsíc|kirjaudu|kuukau|jelentkez|havi|συνδεθ|μήνα|masuk',
    parts:
      '로그인|가입|한 달|월 |무료 체험|해지|登録|月額|無料|お試し|注册|註冊|每月|试用|免费|تسجيل الدخول|شهري|التحقق|הרשמ|התחבר|เข้าสู่ระบบ|เดือน|लॉग इन|महीन',
  },
  {
    topic: 'access',
    words:
      'captcha|robot|bot|human|mensch|humain|humano|umano|menselijk|człowiek|человек|робот|insan|unusual traffic|automated|automatis|automatiz',
    parts: '로봇|사람인지|자동화|비정상|ロボット|人間|不正な|异常|異常|机器人|機器人|真人|إنسان|روبوت|אנושי|मानव',
  },
  {
    topic: 'access',
    words:
      'verif|check(?:ing)? your|security check|cloudflare|ray id|just a moment|one moment|moment(?:o|je|ito)?,? |überprüf|sicherheits|vérifi|sécurité|comprob|seguridad|controll|sicurezza|verifica|segurança|controle|beveilig|sprawdz|bezpiecz|провер|безопасн|doğrula|güvenlik',
    parts: '확인|보안|검증|確認|セキュリティ|验证|驗證|安全|检查|تحقق|أمان|אימות|אבטח|ตรวจสอบ|सत्याप',
  },
  {
    topic: 'access',
    words:
      'access (?:is )?(?:denied|blocked|restricted)|forbidden|blocked|denied|not (?:authori[sz]ed|allowed)|permission|zugriff|verweigert|gesperrt|blockiert|accès|refusé|bloqué|interdit|acceso|denegad|bloquead|accesso|negato|bloccat|negado|toegang|geblokkeerd|geweigerd|odmow|zablokow|доступ|заблок|запрещ|erişim|engellen|your (?:ip|region|country)|ip(?:-| )address',
    parts:
      '차단|접근이|접근 권한|권한이|ブロック|アクセス|拒否|封锁|禁止|访问|存取|محظور|الوصول|חסום|גישה|ถูกบล็อก|अवरुद्ध',
  },
  {
    topic: 'access',
    words:
      'on this server|(?:reference|incident|request|support|event|ray|trace) ?(?:id|number|#)|error code|vorgangs-?id|identifiant de la requête|id de (?:referencia|solicitud)',
    parts: '요청 ?ID|식별 번호|リクエスト ?ID|参照番号|请求 ?ID|事件 ?ID',
  },
  {
    topic: 'access',
    words:
      'javascript|enable|browser|refresh|reload|aktivier|navigateur|activer|navegador|activ|attiva|habilit|przeglądark|włącz|браузер|включ|tarayıcı|etkinleştir|prohlížeč',
    parts:
      '자바스크립트|브라우저|새로고침|ブラウザ|有効|再読み込み|浏览器|瀏覽器|启用|啟用|刷新|المتصفح|דפדפן|เบราว์เซอร์|ब्राउज़र',
  },
];

const PATTERNS = CONCEPTS.map(({ topic, words, parts }) => ({
  topic,
  pattern: new RegExp(`(?<![\\p{L}\\p{N}])(?:${words})|${parts}`, 'giu'),
}));

export interface TopicHits {
  /** Different concepts of the topic. */
  readonly concepts: number;
  readonly hits: number;
}

const MAX_READ = 5_000;

export function countTopics(text: string): Record<Topic, TopicHits> {
  const found: Record<Topic, { concepts: number; hits: number }> = {
    error: { concepts: 0, hits: 0 },
    consent: { concepts: 0, hits: 0 },
    paywall: { concepts: 0, hits: 0 },
    access: { concepts: 0, hits: 0 },
  };
  const sample = text.slice(0, MAX_READ);
  for (const { topic, pattern } of PATTERNS) {
    const hits = sample.match(pattern)?.length ?? 0;
    found[topic].hits += hits;
    found[topic].concepts += hits > 0 ? 1 : 0;
  }
  return found;
}
