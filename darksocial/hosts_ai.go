package darksocial

// aiHosts are assistants and answer engines. Their answers are nobody's share.
var aiHosts = []host{
	// OpenAI, Anthropic, Google, Microsoft, xAI, Meta
	{"ai.meta.com", "meta_ai"}, {"aistudio.google.com", "gemini"}, {"anthropic.com", "claude"}, {"bard.google.com", "gemini"},
	{"bing.com/chat", "copilot"}, {"bing.com/copilotsearch", "copilot"}, {"brave.com/ask", "brave"},
	{"business.gemini.google", "gemini"}, {"chat.openai.com", "chatgpt"}, {"chatgpt.com", "chatgpt"}, {"claude.ai", "claude"},
	{"claude.com", "claude"}, {"copilot.cloud.microsoft", "copilot"}, {"copilot.com", "copilot"},
	{"copilot.microsoft.com", "copilot"}, {"edgepilot.com", "copilot"}, {"edgeservices.bing.com", "copilot"},
	{"gemini.google", "gemini"}, {"gemini.google.com", "gemini"}, {"github.com/copilot", "copilot"}, {"grok.com", "grok"},
	{"grok.x.ai", "grok"}, {"m365.cloud.microsoft", "copilot"}, {"makersuite.google.com", "gemini"}, {"meta.ai", "meta_ai"},
	{"notebooklm.google", "notebooklm"}, {"notebooklm.google.com", "notebooklm"}, {"openai.com", "chatgpt"},
	{"search.brave.com/ask", "brave"}, {"searchgpt.com", "chatgpt"}, {"sora.com", "chatgpt"}, {"sydney.bing.com", "copilot"},
	{"vertexaisearch.cloud.google.com", "gemini"}, {"www.meta.ai", "meta_ai"}, {"x.ai", "grok"}, {"x.com/i/grok", "grok"},

	// Answer engines
	{"andi.co", "andi"}, {"andisearch.com", "andi"}, {"arc.net/search", "arc"}, {"assistant.kagi.com", "kagi"},
	{"consensus.app", "consensus"}, {"devv.ai", "devv"}, {"duck.ai", "duckduckgo"}, {"elicit.com", "elicit"},
	{"elicit.org", "elicit"}, {"exa.ai", "exa"}, {"felo.ai", "felo"}, {"genspark.ai", "genspark"}, {"getliner.com", "liner"},
	{"globe.engineer", ""}, {"hika.fyi", ""}, {"iask.ai", "iask"}, {"kagi.com/assistant", "kagi"}, {"komo.ai", "komo"},
	{"komo.com", "komo"}, {"labs.perplexity.ai", "perplexity"}, {"lepton.run", ""}, {"liner.com", "liner"},
	{"metaphor.systems", "exa"}, {"metaso.cn", "metaso"}, {"morphic.sh", ""}, {"nelima.org", ""}, {"openevidence.com", ""},
	{"perplexica.io", ""}, {"perplexity.ai", "perplexity"}, {"perplexity.com", "perplexity"}, {"phind.com", "phind"},
	{"pplx.ai", "perplexity"}, {"scispace.com", ""}, {"scite.ai", "scite"}, {"search.arc.net", "arc"}, {"search.lepton.run", ""},
	{"tavily.com", ""}, {"thinkany.ai", ""}, {"typeset.io", ""}, {"waldo.fyi", ""}, {"you.com", "you.com"},

	// Chats with a character or with many models
	{"aichatting.net", ""}, {"ask-ai.org", ""}, {"askaichat.app", ""}, {"askyourpdf.com", ""},
	{"beta.character.ai", "character.ai"}, {"bolt.new", ""}, {"character.ai", "character.ai"}, {"chat-gpt.org", ""},
	{"chat.groq.com", "groq"}, {"chat.lmsys.org", "lmarena"}, {"chatbot.theb.ai", ""}, {"chatgpt.org", ""},
	{"chatgptonline.net", ""}, {"chathub.gg", ""}, {"chaton.ai", ""}, {"chatpdf.com", ""}, {"chatsonic.com", "writesonic"},
	{"cici.com", "cici"}, {"ciciai.com", "cici"}, {"copy.ai", "copy.ai"}, {"cursor.com", "cursor"}, {"cursor.sh", "cursor"},
	{"deepai.org", "deepai"}, {"forefront.ai", ""}, {"freegpt.one", ""}, {"getmerlin.in", "merlin"}, {"gptgo.ai", ""},
	{"groq.com", "groq"}, {"hf.co/chat", "huggingchat"}, {"hix.ai", ""}, {"huggingface.co/chat", "huggingchat"}, {"humata.ai", ""},
	{"inflection.ai", "pi"}, {"janitorai.com", ""}, {"jasper.ai", "jasper"}, {"lmarena.ai", "lmarena"}, {"lmsys.org", "lmarena"},
	{"lovable.dev", ""}, {"magai.co", ""}, {"manus.im", "manus"}, {"maxai.me", "maxai"}, {"merlin.foyer.work", "merlin"},
	{"monica.im", "monica"}, {"nat.dev", ""}, {"nova.app", ""}, {"openrouter.ai", "openrouter"}, {"pi.ai", "pi"},
	{"poe.com", "poe"}, {"replika.com", "replika"}, {"rytr.me", ""}, {"sider.ai", "sider"}, {"t3.chat", "t3_chat"},
	{"talkai.info", ""}, {"v0.app", "v0"}, {"v0.dev", "v0"}, {"venice.ai", "venice"}, {"writesonic.com", "writesonic"},

	// Europe
	{"aleph-alpha.com", ""}, {"alice.yandex.*", "alice"}, {"alice.yandex.ru", "alice"}, {"chat.mistral.ai", "mistral"},
	{"chat.qwant.com", "qwant"}, {"deepl.com/chat", ""}, {"developers.sber.ru/gigachat", "gigachat"},
	{"euria.infomaniak.com", "euria"}, {"giga.chat", "gigachat"}, {"gigachat.ru", "gigachat"}, {"langdock.com", ""},
	{"lechat.mistral.ai", "mistral"}, {"lumo.me", "lumo"}, {"lumo.proton.me", "lumo"}, {"mistral.ai", "mistral"},
	{"neuroflash.com", ""}, {"ya.ru/alice", "alice"}, {"yandex.ru/alice", "alice"},

	// China, Japan, Korea, India
	{"baichuan-ai.com", ""}, {"chat.360.com", "360"}, {"chat.baidu.com", "ernie"}, {"chat.deepseek.com", "deepseek"},
	{"chat.ola.ai", ""}, {"chat.qwen.ai", "qwen"}, {"chat.z.ai", "z.ai"}, {"chatglm.cn", "chatglm"}, {"chatglm.com", "chatglm"},
	{"clova-x.naver.com", "clova"}, {"coze.cn", "coze"}, {"coze.com", "coze"}, {"cue.search.naver.com", "clova"},
	{"deepseek.com", "deepseek"}, {"doubao.com", "doubao"}, {"ernie.baidu.com", "ernie"}, {"hailuo.ai", "minimax"},
	{"hailuoai.com", "minimax"}, {"hunyuan.tencent.com", "yuanbao"}, {"kimi.ai", "kimi"}, {"kimi.com", "kimi"},
	{"kimi.moonshot.cn", "kimi"}, {"krutrim.com", ""}, {"minimax.io", "minimax"}, {"minimaxi.com", "minimax"},
	{"moonshot.cn", "kimi"}, {"n.cn", "360"}, {"qianwen.com", "qwen"}, {"qwen.ai", "qwen"}, {"qwenlm.ai", "qwen"},
	{"so.360.com", "360"}, {"stepfun.com", ""}, {"tiangong.cn", ""}, {"tongyi.aliyun.com", "qwen"}, {"tongyi.com", "qwen"},
	{"wenxin.baidu.com", "ernie"}, {"wrtn.ai", "wrtn"}, {"xinghuo.xfyun.cn", "spark"}, {"yiyan.baidu.com", "ernie"},
	{"yuanbao.tencent.com", "yuanbao"}, {"yuewen.cn", ""}, {"z.ai", "z.ai"},
}
